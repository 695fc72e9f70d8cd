import { describe, expect, it } from 'vitest';
import type { DriveOutcome, DriveRequest, DriveResult } from '../../harnesses/harness.ts';
import { judge } from '../judge/judge.ts';
import { judgePolicy } from '../policy.ts';
import { type SyntheticSide, syntheticDrive } from '../synthetic/drive.ts';
import { Machine } from '../synthetic/machine.ts';
import { MACHINES } from '../synthetic/machines.ts';
import { measureGroup } from './measure-group.ts';
import type { Drive, MeasureProgress, MeasureRequest } from './types.ts';

type Bend = (request: DriveRequest, result: DriveResult, call: number) => DriveResult;

interface Scene {
  readonly base?: SyntheticSide | 'none';
  readonly head?: SyntheticSide;
  /** Changes what head's (or base's) processes answer. */
  readonly bendHead?: Bend;
  readonly bendBase?: Bend;
  readonly request?: Partial<MeasureRequest>;
}

const THREE: SyntheticSide = { nsPerOp: { a: 2000, b: 3000, c: 5000 } };

function bent(drive: Drive, bend: Bend | undefined): Drive {
  let call = 0;
  return async (request) => {
    const result = await drive(request);
    return bend === undefined ? result : bend(request, result, call++);
  };
}

async function scene({ base = THREE, head = THREE, bendHead, bendBase, request }: Scene) {
  const machine = new Machine(MACHINES.quiet, 21);
  const asked: { side: string; mode: string; at: number; request: DriveRequest }[] = [];
  const watched =
    (side: string, drive: Drive): Drive =>
    (ask) => {
      asked.push({ side, mode: ask.mode, at: machine.clock(), request: ask });
      return drive(ask);
    };
  const result = await measureGroup({
    drive: {
      head: watched('head', bent(syntheticDrive(machine, head), bendHead)),
      base: base === 'none' ? undefined : watched('base', bent(syntheticDrive(machine, base), bendBase)),
    },
    file: 'bench/three.bench.ts',
    isolation: 'file',
    policy: judgePolicy(),
    budgetMs: 20_000,
    processTimeoutMs: 5000,
    clock: machine.clock,
    ...request,
  });
  return { result, asked, machine };
}

const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

/** The process ends in `state` after telling of the benchmarks before `at`. */
function endsAt(at: string, state: DriveResult['process']['state'], when = (_: DriveRequest) => true): Bend {
  return (request, result) => {
    const index = result.outcomes.findIndex(({ name }) => name === at);
    if (request.mode !== 'sample' || index < 0 || !when(request)) return result;
    const process = { ...result.process, state, detail: 'SIGKILL', output: 'out of memory' };
    return { ...result, outcomes: result.outcomes.slice(0, index), process };
  };
}

function replaced(result: DriveResult, name: string, by: DriveOutcome): DriveResult {
  return { ...result, outcomes: result.outcomes.map((one) => (one.name === name ? by : one)) };
}

describe('measureGroup', () => {
  it.each(['file', 'benchmark'] as const)('measures three benchmarks, isolation %s', async (isolation) => {
    const head = { nsPerOp: { a: 2000, b: 3300, c: 5000 } };
    const { result, asked } = await scene({ head, request: { isolation } });
    expect(names(result.measured)).toStrictEqual(['a', 'b', 'c']);
    const verdicts = result.measured.map(({ samples }) => judge(samples, judgePolicy()).verdict);
    expect(verdicts).toStrictEqual(['unchanged', 'regressed', 'unchanged']);
    expect(result.failures).toStrictEqual([]);
    expect(result.stopped).toBe(false);
    expect(result.processes).toBe(asked.length);
    // Only the suspect got a confirming batch.
    const roles = result.measured.map(({ samples }) => samples.batches.map(({ role }) => role).join());
    expect(roles).toStrictEqual(['pilot,main', 'pilot,main,confirm', 'pilot,main']);
    expect(result.elapsedMs).toBeLessThan(60_000);
  });

  it('asks both sides for the same, in neighbouring processes and balanced order', async () => {
    const { result, asked } = await scene({ head: { nsPerOp: { a: 2000 } }, base: { nsPerOp: { a: 2000 } } });
    const samples = asked.filter(({ mode }) => mode === 'sample');
    for (let i = 0; i < samples.length; i += 2) {
      expect(new Set([samples[i]?.side, samples[i + 1]?.side])).toStrictEqual(new Set(['base', 'head']));
      expect(samples[i]?.request).toStrictEqual(samples[i + 1]?.request);
    }
    const main = result.measured[0]?.samples.batches.find(({ role }) => role === 'main')?.replicates ?? [];
    const first = main.filter((_, i) => i % 2 === 0).map(({ side }) => side);
    expect(first.filter((side) => side === 'base')).toHaveLength(first.length / 2);
    expect(main.map(({ sequence }) => sequence)).toStrictEqual(
      main.map((_, i) => i + (main[0]?.sequence ?? Number.NaN)),
    );
    expect(new Set(main.map(({ warmup }) => warmup.length)).size).toBe(1);
    expect(main[0]?.warmup.length).toBeGreaterThan(5);
    expect(result.measured[0]?.samples).toMatchObject({
      subject: 'bench/three.bench.ts › a',
      iterations: samples.at(-1)?.request.iterations.a,
    });
  });

  it('fixes chunks that a cold calibration made too short, equally on both sides', async () => {
    const cold = { nsPerOp: { a: 2000 }, coldFactor: 40 };
    const { result } = await scene({ base: cold, head: cold });
    const { iterations, batches } = result.measured[0]?.samples ?? { iterations: 0, batches: [] };
    expect(iterations).toBeGreaterThan(400);
    expect(iterations).toBeLessThan(600);
    expect(batches[0]?.replicates[0]?.chunks.length).toBeGreaterThan(150);
  });

  it('measures afresh what allocates more, though it is as fast', async () => {
    const allocating =
      (bytes: number): Bend =>
      (request, result) => {
        const figure = {
          name: 'allocated bytes per operation',
          unit: 'B/op',
          value: bytes,
          better: 'lower',
        } as const;
        const outcomes = result.outcomes.map((one) =>
          one.state === 'sampled' && one.name === 'b' && request.memory ? { ...one, extra: [figure] } : one,
        );
        return { ...result, outcomes };
      };
    const bends = { bendBase: allocating(48), bendHead: allocating(72) };
    const { result, asked } = await scene(bends);
    const verdicts = result.measured.map(({ samples }) => judge(samples, judgePolicy()).verdict);
    expect(verdicts).toStrictEqual(['unchanged', 'regressed', 'unchanged']);
    const roles = result.measured.map(({ samples }) => samples.batches.map(({ role }) => role).join());
    expect(roles).toStrictEqual(['pilot,main', 'pilot,main,confirm', 'pilot,main']);
    const policy = judgePolicy({ memory: false });
    const without = await scene({ ...bends, request: { policy } });
    expect(without.asked.some(({ request }) => request.memory)).toBe(false);
    expect(judge(without.result.measured[1]!.samples, policy).verdict).toBe('unchanged');
    // Neither looking at the noise nor settling the pace is the time for it.
    const [pilot] = asked.filter(({ mode }) => mode === 'sample');
    expect(pilot?.request.memory).toBeUndefined();
  });

  it('repeats itself for the same seed', async () => {
    const [one, two] = [await scene({}), await scene({})];
    expect(one.result).toStrictEqual(two.result);
  });

  it('measures head alone with a plan of its own', async () => {
    const { result } = await scene({ base: 'none' });
    expect(names(result.measured)).toStrictEqual(['a', 'b', 'c']);
    const replicates = result.measured[0]?.samples.batches.flatMap((batch) => batch.replicates) ?? [];
    expect(new Set(replicates.map(({ side }) => side))).toStrictEqual(new Set(['head']));
    expect(replicates.length).toBeGreaterThanOrEqual(12 + 3);
    expect(result.onlyHead).toStrictEqual([]);
  });

  it('tells new benchmarks from removed and skipped ones', async () => {
    const { result } = await scene({
      base: { nsPerOp: { a: 2000, gone: 1000, c: 5000 } },
      bendHead: (request, listed) =>
        request.mode === 'list'
          ? replaced(listed, 'c', { state: 'listed', name: 'c', skipped: 'not on Tuesdays', line: 7 })
          : listed,
    });
    expect(names(result.measured)).toStrictEqual(['a']);
    expect(result).toMatchObject({
      onlyHead: ['b'],
      onlyBase: ['gone'],
      skipped: [{ name: 'c', reason: 'not on Tuesdays' }],
    });
  });

  it('measures only what is asked for, and nothing of two benchmarks of one name', async () => {
    const { result, asked } = await scene({
      request: { benchmarks: ['a', 'c'] },
      bendHead: (_, answer) => ({ ...answer, duplicates: ['c'] }),
    });
    expect(names(result.measured)).toStrictEqual(['a']);
    expect(result.duplicates).toStrictEqual(['c']);
    expect(asked.every(({ request }) => !request.benchmarks.includes('b'))).toBe(true);
  });

  it('takes earlier attempts into account when it looks for suspects', async () => {
    const regressed = { nsPerOp: { a: 2200 } };
    const before = await scene({ base: { nsPerOp: { a: 2000 } }, head: regressed });
    const batches = before.result.measured[0]?.samples.batches ?? [];
    const { result } = await scene({
      base: { nsPerOp: { a: 2000 } },
      head: { nsPerOp: { a: 2000 } },
      request: { attempt: 2, earlier: () => batches },
    });
    const roles = result.measured[0]?.samples.batches.map(({ role, attempt }) => `${role} ${attempt}`);
    expect(roles).toStrictEqual(['pilot 2', 'main 2', 'confirm 2']);
  });
});

describe('benchmarks that misbehave', () => {
  it('one that throws in one process of one side is dropped, the rest goes on', async () => {
    const { result } = await scene({
      bendBase: (request, answer, call) =>
        request.mode === 'sample' && call > 8
          ? replaced(answer, 'b', { state: 'failed', name: 'b', reason: 'TypeError: no' })
          : answer,
    });
    expect(names(result.measured)).toStrictEqual(['a', 'c']);
    expect(result.failures).toMatchObject([
      { name: 'b', side: 'base', kind: 'failed', reason: 'TypeError: no' },
    ]);
  });

  it('one that hangs costs its time-out once', async () => {
    const { result, asked } = await scene({ bendHead: endsAt('b', 'timed-out') });
    expect(names(result.measured)).toStrictEqual(['a', 'c']);
    expect(result.failures).toMatchObject([
      { name: 'b', side: 'head', phase: 'calibrate', kind: 'timed-out', output: 'out of memory' },
    ]);
    const sampled = asked.filter(
      ({ mode, request }) => mode === 'sample' && request.benchmarks.includes('b'),
    );
    expect(sampled.filter(({ side }) => side === 'head')).toHaveLength(1);
    // `c` lost nothing by its neighbour: all its pairs are whole.
    const c = result.measured.find(({ name }) => name === 'c')?.samples;
    expect(c && judge(c, judgePolicy()).verdict).toBe('unchanged');
  });

  it('a process killed once gets a second chance', async () => {
    let killed = 0;
    const { result } = await scene({ bendHead: endsAt('a', 'signalled', () => killed++ === 3) });
    expect(result.failures).toStrictEqual([]);
    expect(names(result.measured)).toStrictEqual(['a', 'b', 'c']);
  });

  it('one that is killed each time is dropped, and those behind it still measured', async () => {
    const { result } = await scene({ bendBase: endsAt('a', 'signalled') });
    expect(names(result.measured)).toStrictEqual(['b', 'c']);
    expect(result.failures).toMatchObject([{ name: 'a', side: 'base', kind: 'killed' }]);
    expect(result.failures).toHaveLength(1);
  });

  it('one that ends the process quietly is found out by its silence', async () => {
    const { result } = await scene({ bendHead: endsAt('b', 'exited') });
    expect(names(result.measured)).toStrictEqual(['a', 'c']);
    expect(result.failures).toMatchObject([{ name: 'b', kind: 'silent' }]);
  });

  it.each([0, -1, Number.NaN])('one that calibrates to %d ns measures nothing', async (nsPerOp) => {
    const { result } = await scene({
      bendHead: (request, answer) =>
        request.mode === 'calibrate'
          ? replaced(answer, 'a', {
              state: 'calibrated',
              name: 'a',
              iterations: 1,
              overheadNs: 1,
              resolutionNs: 1,
              nsPerOp,
            })
          : answer,
    });
    expect(names(result.measured)).toStrictEqual(['b', 'c']);
    expect(result.failures[0]?.reason).toContain('measures nothing');
  });

  it('a runtime that is not there fails the file on that side, with its words', async () => {
    const { result } = await scene({
      bendBase: (_, answer) => ({
        ...answer,
        outcomes: [],
        process: { ...answer.process, state: 'not-found', detail: 'python3: not found' },
      }),
    });
    expect(result.measured).toStrictEqual([]);
    expect(result.failures).toMatchObject([{ name: '', side: 'base', phase: 'list', kind: 'not-found' }]);
    expect(result.failures[0]?.reason).toContain('python3: not found');
  });

  it('a file without benchmarks says so', async () => {
    const { result } = await scene({ head: { nsPerOp: {} }, base: { nsPerOp: {} } });
    expect(result.failures[0]?.reason).toBe('the file names no benchmark');
    expect(result.measured).toStrictEqual([]);
  });

  it('a harness that throws harms nobody else', async () => {
    const { result } = await scene({
      request: { isolation: 'benchmark' },
      bendHead: (request, answer) => {
        if (request.mode === 'sample' && request.benchmarks[0] === 'b') throw new Error('disk full');
        return answer;
      },
    });
    expect(names(result.measured)).toStrictEqual(['a', 'c']);
    expect(result.failures).toMatchObject([{ name: 'b', kind: 'not-found' }]);
    expect(result.failures[0]?.reason).toContain('disk full');
  });
});

describe('time', () => {
  const slowSide = (ms: number): Scene => ({
    base: { nsPerOp: { a: ms * 1e6 } },
    head: { nsPerOp: { a: ms * 1e6 } },
  });

  it('a budget too small for the noise ends inconclusive, in time', async () => {
    const { result } = await scene({ ...slowSide(700), request: { budgetMs: 8000 } });
    expect(result.measured).toHaveLength(1);
    const judged = judge(result.measured[0]?.samples as never, judgePolicy());
    expect(judged.verdict).toBe('inconclusive');
    expect(result.measured[0]?.notes.join()).toMatch(/The time budget allowed \d pairs of processes/);
    // Listing and calibration come on top of it, and cost little.
    expect(result.elapsedMs).toBeLessThan(16_000);
  });

  it('no time at all gives one pair, and no verdict by accident', async () => {
    const { result } = await scene({ ...slowSide(100), request: { budgetMs: 1 } });
    expect(result.failures).toStrictEqual([]);
    for (const { samples } of result.measured) {
      const main = samples.batches
        .filter(({ role }) => role === 'main')
        .flatMap(({ replicates }) => replicates);
      expect(main.map(({ side }) => side).sort()).toStrictEqual(['base', 'head']);
      expect(judge(samples, judgePolicy()).verdict).toBe('inconclusive');
    }
  });

  it('an abort stops after the process at hand and keeps what is whole', async () => {
    const abort = new AbortController();
    const { result, asked } = await scene({
      request: { isolation: 'benchmark', signal: abort.signal },
      bendHead: (request, answer) => {
        if (request.mode === 'sample' && request.benchmarks[0] === 'b') abort.abort();
        return answer;
      },
    });
    expect(result.stopped).toBe(true);
    expect(names(result.measured)).toStrictEqual(['a']);
    expect(asked.some(({ request }) => request.benchmarks[0] === 'c')).toBe(false);
    expect(result.failures).toStrictEqual([]);
  });

  it('tells how far it is', async () => {
    const seen: MeasureProgress[] = [];
    await scene({ request: { isolation: 'benchmark', onProgress: (progress) => seen.push(progress) } });
    expect([...new Set(seen.map(({ phase }) => phase))]).toStrictEqual([
      'list',
      'calibrate',
      'pilot',
      'main',
    ]);
    expect(Math.max(...seen.map(({ unitsDone }) => unitsDone))).toBe(2);
    expect(seen.every(({ done, total, remainingMs }) => done <= total && remainingMs >= 0)).toBe(true);
  });
});
