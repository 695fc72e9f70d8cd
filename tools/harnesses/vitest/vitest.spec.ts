import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProcess } from '../../kernel/process/run.ts';
import type { DriveOutcome, DriveRequest, Prepared, Side } from '../harness.ts';
import vitest from './index.ts';

const projectRoot = realpathSync(join(import.meta.dirname, 'fixtures/forms'));
const side: Side = { name: 'head', repoRoot: projectRoot, workspaceRoot: projectRoot, projectRoot };
const scratch = mkdtempSync(join(tmpdir(), 'assay-vitest-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const REQUEST: Omit<DriveRequest, 'file' | 'mode'> = {
  benchmarks: [],
  iterations: {},
  warmup: {},
  chunks: 3,
  targetChunkNs: 200_000,
  maxBenchmarkMs: 1000,
  timeoutMs: 20_000,
};

async function prepare(file: string, runner = 'auto'): Promise<Prepared> {
  const options = { processTimeoutMs: 20_000, settings: { runner } };
  return vitest.prepare(side, [file], options, { run: runProcess, scratch, env: {} });
}

const listed = (name: string, line: number) => ({ state: 'listed', name, line });

describe('the form of Vitest 5, in the fast runner', () => {
  let prepared: Prepared;
  const file = 'context.bench.ts';
  beforeAll(async () => {
    prepared = await prepare(file);
  });

  it('builds with a digest and the sources that went in', () => {
    const sources = ['context.bench.ts', 'src/work.ts'].map((path) => join(projectRoot, path));
    expect(prepared.files).toEqual([
      {
        state: 'ready',
        file,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        sources,
        runner: 'fast',
        takesTurns: true,
      },
    ]);
  });

  it('lists names with parameters, lines of the source, and why one is skipped', async () => {
    const { outcomes, process } = await prepared.drive({ ...REQUEST, file, mode: 'list' });
    expect(process).toMatchObject({ state: 'exited', detail: 'exit code 0' });
    expect(outcomes).toEqual([
      listed('work', 11),
      listed('group › of 10 › sync', 20),
      listed('group › of 200 › sync', 20),
      listed('group › compare › plain', 25),
      listed('group › compare › async', 26),
      listed('group › compare › hooked', 27),
      { ...listed('group › not now', 33), skipped: 'marked `skip`' },
    ]);
  });

  it('calibrates what is asked for and nothing else', async () => {
    const benchmarks = ['group › compare › hooked', 'work'];
    const { outcomes } = await prepared.drive({ ...REQUEST, file, mode: 'calibrate', benchmarks });
    expect(outcomes.map(({ name }) => name).sort()).toEqual(benchmarks);
    for (const outcome of outcomes) {
      if (outcome.state !== 'calibrated') throw new Error(JSON.stringify(outcome));
      expect(outcome.iterations).toBe(Math.round(200_000 / outcome.nsPerOp));
      expect(outcome.overheadNs).toBeGreaterThan(0);
      expect(outcome.resolutionNs).toBeGreaterThan(0);
      expect(outcome.overheadNs).toBeLessThan(outcome.nsPerOp);
    }
  });

  it('samples warm-up and chunks apart, in the order and number asked for', async () => {
    const name = 'group › compare › async';
    const iterations = { [name]: 50 };
    const request = {
      ...REQUEST,
      file,
      mode: 'sample' as const,
      benchmarks: [name],
      iterations,
      warmup: { [name]: 2 },
    };
    const { outcomes } = await prepared.drive(request);
    expect(outcomes).toMatchObject([{ state: 'sampled', name, iterations: 50 }]);
    const [outcome] = outcomes as [Extract<DriveOutcome, { state: 'sampled' }>];
    expect([outcome.warmup.length, outcome.chunks.length]).toEqual([2, 3]);
  });

  it('takes half of the warm-up and one chunk at least where the time is over', async () => {
    const request = {
      ...REQUEST,
      file,
      mode: 'sample' as const,
      benchmarks: ['work'],
      iterations: { work: 9 },
      maxBenchmarkMs: 0,
    };
    const { outcomes } = await prepared.drive({ ...request, warmup: { work: 5 }, chunks: 5 });
    expect(outcomes).toMatchObject([
      { state: 'sampled', warmup: { length: 3 }, chunks: [expect.any(Number)] },
    ]);
  });

  it('starts both sides with the same environment, so that what a file reads of it cannot differ', async () => {
    const seen: unknown[] = [];
    for (const name of ['base', 'head'] as const) {
      const run: typeof runProcess = (asked) => {
        seen.push(asked.env);
        return runProcess(asked);
      };
      const context = { run, scratch, env: { MODE: 'fast' } };
      const one = await vitest.prepare({ ...side, name }, [file], { processTimeoutMs: 20_000 }, context);
      await one.drive({ ...REQUEST, file, mode: 'list' });
    }
    expect(seen[0]).toMatchObject({ MODE: 'fast' });
    expect(seen[1]).toEqual(seen[0]);
  });

  it('says so where the file does not define a benchmark', async () => {
    const { outcomes } = await prepared.drive({ ...REQUEST, file, mode: 'sample', benchmarks: ['gone'] });
    expect(outcomes).toEqual([{ state: 'failed', name: 'gone', reason: 'the file does not define it' }]);
  });

  it('leaves nothing in the scratch folder', async () => {
    await prepared.drive({ ...REQUEST, file, mode: 'list' });
    await prepared.dispose();
    expect(readdirSync(scratch)).toEqual([]);
  });
});

describe('the top-level form of Vitest before 5, in the fast runner', () => {
  it('runs hooks of suites and options around every benchmark; a second one of a name is told', async () => {
    const file = 'top-level.bench.ts';
    const prepared = await prepare(file);
    const { outcomes, duplicates } = await prepared.drive({ ...REQUEST, file, mode: 'calibrate' });
    // Each throws unless its hooks ran; the last one of the file repeats a name.
    expect(outcomes.map(({ state, name }) => [state, name])).toEqual([
      ['calibrated', 'outer › sync'],
      ['calibrated', 'outer › inner 10 › async'],
      ['calibrated', 'outer › inner 20 › async'],
      ['calibrated', 'outer › with setup'],
      ['calibrated', 'sync'],
    ]);
    expect(duplicates).toEqual(['sync']);
    await prepared.dispose();
  });
});

describe('benchmarks that go wrong', () => {
  const file = 'bad.bench.ts';
  let prepared: Prepared;
  beforeAll(async () => {
    prepared = await prepare(file);
  });
  afterAll(() => prepared.dispose());

  it.each([
    ['throws', 'TypeError: no such thing (bad.bench.ts:6)'],
    ['rejects', 'Error: not today (bad.bench.ts:9)'],
    ['exits', 'the process ended early (exit code 0)'],
    ['never settles', 'it awaits a promise that never settles'],
    ['later', 'Error: from a timer (bad.bench.ts:20)'],
    ['kills itself', 'the process was killed (SIGKILL); the usual cause is that memory ran out'],
    ['broken hook › a', 'beforeAll failed: Error: no database (bad.bench.ts:38)'],
  ])('%s: failed, with the reason', async (name, reason) => {
    const { outcomes } = await prepared.drive({
      ...REQUEST,
      file,
      mode: 'sample',
      benchmarks: [name],
      iterations: { [name]: 1 },
    });
    expect(outcomes).toEqual([{ state: 'failed', name, reason }]);
  });

  it('hangs: stopped by the time-out', async () => {
    const benchmarks = ['hangs', 'fine'];
    const { outcomes } = await prepared.drive({
      ...REQUEST,
      file,
      mode: 'calibrate',
      benchmarks,
      timeoutMs: 2500,
    });
    expect(outcomes).toMatchObject([
      { state: 'calibrated', name: 'fine' },
      { state: 'failed', name: 'hangs', reason: 'the process was stopped after 3 s without finishing' },
    ]);
  });

  it('floods standard output with what looks like events: measured all the same', async () => {
    const request = {
      ...REQUEST,
      file,
      mode: 'sample' as const,
      benchmarks: ['floods'],
      iterations: { floods: 1 },
    };
    const { outcomes, process } = await prepared.drive(request);
    expect(outcomes).toMatchObject([{ state: 'sampled', name: 'floods' }]);
    expect(process.output.length).toBeLessThanOrEqual(4000);
  });
});

describe('through Vitest itself', () => {
  it('measures what needs Vite, under the same names', async () => {
    const file = 'vite.bench.ts';
    const prepared = await prepare(file);
    expect(prepared.files).toEqual([{ state: 'ready', file, sources: [], runner: 'vitest' }]);
    const list = await prepared.drive({ ...REQUEST, file, mode: 'list' });
    expect(list.outcomes).toEqual([
      { state: 'listed', name: 'group › raw text' },
      { state: 'failed', name: 'too early', reason: 'Error: nothing measured yet' },
    ]);
    expect(list.loaded).toContain(join(projectRoot, 'src/work.ts'));
    const name = 'group › raw text';
    const sample = await prepared.drive({
      ...REQUEST,
      file,
      mode: 'sample',
      benchmarks: [name],
      iterations: { [name]: 10 },
    });
    expect(sample.outcomes).toMatchObject([
      { state: 'sampled', name, iterations: 10, chunks: { length: 3 } },
    ]);
    await prepared.dispose();
    expect(readdirSync(scratch)).toEqual([]);
    expect(existsSync(join(projectRoot, 'node_modules'))).toBe(false);
  });

  it('is refused where only the fast runner is wanted', async () => {
    const { files } = await prepare('vite.bench.ts', 'fast');
    expect(files).toMatchObject([
      { state: 'failed', reason: 'the fast runner cannot run it: it imports ./src/text.txt?raw' },
    ]);
  });
});
