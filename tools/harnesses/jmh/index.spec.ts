import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRunProcess } from '../../kernel/process/run.ts';
import type { RunProcess } from '../../kernel/process/types.ts';
import { contaminating } from '../../languages/contamination.ts';
import type { DriveOutcome, DriveRequest, Prepared, PreparedFile, Side } from '../harness.ts';
import jmh from './index.ts';

const lacking = ['java', 'javac', 'mvn'].filter((program) => {
  try {
    execFileSync(program, [program === 'mvn' ? '-v' : '-version'], { stdio: 'ignore' });
    return false;
  } catch {
    return true;
  }
});
if (lacking.length > 0) console.warn(`skipped: the JMH harness needs ${lacking.join(', ')} on the PATH`);

const root = realpathSync(mkdtempSync(join(tmpdir(), 'assay jmh & "q" ')));
const run = createRunProcess(() => undefined);
const prepared: Prepared[] = [];
afterAll(async () => {
  for (const one of prepared) await one.dispose();
  rmSync(root, { recursive: true, force: true });
});

const folder = 'src/test/java/com/acme';
const files = ['BrokenBench', 'PriceBench', 'SmallBench'].map((name) => `${folder}/${name}.java`);
const bench = `${folder}/PriceBench.java`;

function tree(name: 'base' | 'head'): Side {
  const repoRoot = join(root, name);
  cpSync(join(import.meta.dirname, 'fixtures', 'work'), repoRoot, { recursive: true });
  return { name, repoRoot, workspaceRoot: repoRoot, projectRoot: join(repoRoot, 'price') };
}

async function prepare(side: Side, wanted: readonly string[], running: RunProcess = run): Promise<Prepared> {
  const scratch = join(root, `scratch ${side.name}`);
  mkdirSync(scratch, { recursive: true });
  const ready = await jmh.prepare(
    side,
    wanted,
    { processTimeoutMs: 60_000 },
    { run: running, scratch, env: {} },
  );
  prepared.push(ready);
  return ready;
}

function request(part: Partial<DriveRequest>): DriveRequest {
  return {
    file: bench,
    mode: 'list',
    benchmarks: [],
    iterations: {},
    warmup: {},
    chunks: 1,
    targetChunkNs: 200_000,
    maxBenchmarkMs: 2_000,
    timeoutMs: 60_000,
    ...part,
  };
}

function only(outcomes: readonly DriveOutcome[]): DriveOutcome {
  expect(outcomes).toHaveLength(1);
  return outcomes[0]!;
}

function fileNamed(of: Prepared, name: string): PreparedFile {
  return of.files.find(({ file }) => file.endsWith(`/${name}.java`))!;
}

function everything(of: string): readonly string[] {
  return readdirSync(of, { recursive: true, encoding: 'utf8' }).sort();
}

// A machine's first build fetches Maven's plugins.
const timeout = 300_000;

describe.skipIf(lacking.length > 0)('JMH', { timeout }, () => {
  let head: Side;
  let base: Side;
  let ready: Prepared;
  let before: readonly string[];

  beforeAll(async () => {
    head = tree('head');
    base = tree('base');
    const core = join(base.repoRoot, 'core/src/main/java/com/acme/Core.java');
    writeFileSync(core, readFileSync(core, 'utf8').replace('at < count;', 'at < 0;'));
    before = everything(head.repoRoot);
    ready = await prepare(head, files);
  }, timeout);

  it('builds in a copy: the tree stays as it was, and no unit test takes part', () => {
    expect(everything(head.repoRoot)).toEqual(before);
    expect(fileNamed(ready, 'PriceBench').state).toBe('ready');
    expect(fileNamed(ready, 'SmallBench').state).toBe('ready');
    expect(existsSync(join(homedir(), '.m2/repository/com/acme/core'))).toBe(false);
  });

  it('keeps apart a file that does not compile', () => {
    const broken = fileNamed(ready, 'BrokenBench');
    expect(broken).toMatchObject({ state: 'failed', reason: expect.stringContaining('it does not compile') });
    expect(broken.state === 'failed' && broken.reason).toMatch(/cannot find symbol|missing/);
  });

  it('lists parameters, groups, nested and inherited benchmarks', async () => {
    const { outcomes } = await ready.drive(request({}));
    expect(outcomes.map(({ name }) => name).sort()).toEqual([
      'Levels › levels',
      'allocates',
      'argument',
      'mixed',
      'rounds [size=1000]',
      'rounds [size=100]',
      'ten',
      'threads',
      'throwing',
    ]);
    const line =
      readFileSync(join(head.projectRoot, bench), 'utf8')
        .split('\n')
        .findIndex((each) => each.includes('int rounds(')) + 1;
    expect(outcomes.find(({ name }) => name === 'rounds [size=100]')).toMatchObject({
      state: 'listed',
      line,
    });
    const small = await ready.drive(request({ file: files[2] as string }));
    expect(small.outcomes.map(({ name }) => name)).toEqual(['inherited']);
  });

  it('finds the pace of a benchmark', async () => {
    const { outcomes } = await ready.drive(
      request({ mode: 'calibrate', benchmarks: ['rounds [size=1000]'] }),
    );
    const found = only(outcomes);
    expect(found.state).toBe('calibrated');
    if (found.state !== 'calibrated') return;
    expect(found.nsPerOp).toBeGreaterThan(200);
    expect(found.overheadNs).toBeLessThan(50);
    expect(found.iterations).toBeGreaterThanOrEqual(1);
  });

  it('takes exactly the chunks asked for, each of exactly N operations, with levels and tear-down as JMH has them', async () => {
    const name = 'Levels › levels';
    const result = await ready.drive(
      request({
        mode: 'sample',
        benchmarks: [name],
        iterations: { [name]: 500 },
        warmup: { [name]: 3 },
        chunks: 7,
      }),
    );
    expect(only(result.outcomes)).toMatchObject({ state: 'sampled', name, iterations: 500 });
    const found = only(result.outcomes);
    expect(found.state === 'sampled' && [found.warmup.length, found.chunks.length]).toEqual([3, 7]);
    expect(result.process).toMatchObject({ state: 'exited', detail: 'exit code 0' });
    expect(result.process.output).toContain('torn down');
  });

  it('counts an operation, not an invocation, and parameters are JMH’s', async () => {
    const fastest = async (name: string): Promise<number> => {
      const ask = { benchmarks: [name], iterations: { [name]: 500 }, warmup: { [name]: 30 }, chunks: 60 };
      const found = only((await ready.drive(request({ mode: 'sample', ...ask }))).outcomes);
      if (found.state !== 'sampled') throw new Error(JSON.stringify(found));
      return Math.min(...found.chunks);
    };
    const [small, large, ten] = [
      await fastest('rounds [size=100]'),
      await fastest('rounds [size=1000]'),
      await fastest('ten'),
    ];
    expect(large / small).toBeGreaterThan(4);
    expect(large / small).toBeLessThan(25);
    expect(ten / small).toBeGreaterThan(0.3);
    expect(ten / small).toBeLessThan(3);
  });

  it('tells what an operation allocates, where it is asked', async () => {
    const of = async (name: string, memory: boolean) => {
      const ask = { benchmarks: [name], iterations: { [name]: 3000 }, chunks: 9, memory };
      const found = only((await ready.drive(request({ mode: 'sample', ...ask }))).outcomes);
      return found.state === 'sampled' ? { extra: found.extra, missing: found.missing } : undefined;
    };
    const bytes = (value: unknown) => [
      { name: 'allocated bytes per operation', unit: 'B/op', better: 'lower', value },
    ];
    const missing = [
      { name: 'allocations per operation', reason: 'the JVM counts bytes and not objects' },
      { name: 'peak memory', reason: expect.stringContaining('collector') },
    ];
    // An array of 1000 bytes has a header of 16.
    expect(await of('allocates', true)).toEqual({ extra: bytes(1016), missing });
    expect(await of('rounds [size=100]', true)).toEqual({ extra: bytes(0), missing });
    expect(await of('allocates', false)).toEqual({ extra: [], missing: undefined });
    const windowed = await of('threads', true);
    expect(windowed?.extra).toEqual([]);
    expect(windowed?.missing?.[0]).toEqual({
      name: 'allocated bytes per operation',
      reason: expect.stringContaining('several threads'),
    });
  });

  it.each(['threads', 'mixed'])('runs several threads for a window of time: %s', async (name) => {
    const calibrated = only((await ready.drive(request({ mode: 'calibrate', benchmarks: [name] }))).outcomes);
    expect(calibrated).toMatchObject({ state: 'calibrated', resolutionNs: 20_000 });
    const ask = { benchmarks: [name], iterations: { [name]: 1000 }, chunks: 3 };
    const found = only((await ready.drive(request({ mode: 'sample', ...ask }))).outcomes);
    expect(found.state === 'sampled' && found.chunks.length).toBe(3);
  });

  it('starts the JVM with the arguments of @Fork, and tells what a benchmark throws', async () => {
    const ask = { iterations: { argument: 10, throwing: 10 }, chunks: 2 };
    const { outcomes } = await ready.drive(
      request({ mode: 'sample', benchmarks: ['argument', 'throwing', 'gone'], ...ask }),
    );
    expect(outcomes.map(({ state }) => state)).toEqual(['sampled', 'failed', 'failed']);
    expect(outcomes[1]).toMatchObject({
      reason: expect.stringMatching(/IllegalStateException: no price at com\.acme\.PriceBench\.throwing/),
    });
    expect(outcomes[2]).toMatchObject({ reason: 'the file does not define it' });
  });

  it('gives each side its own library', async () => {
    const other = await prepare(base, [bench]);
    const name = 'rounds [size=1000]';
    const ask = request({
      mode: 'sample',
      benchmarks: [name],
      iterations: { [name]: 500 },
      warmup: { [name]: 30 },
      chunks: 40,
    });
    const [mine, theirs] = [await ready.drive(ask), await other.drive(ask)];
    const floor = (outcome: DriveOutcome): number =>
      outcome.state === 'sampled' ? Math.min(...outcome.chunks) : Number.NaN;
    expect(floor(only(mine.outcomes)) / floor(only(theirs.outcomes))).toBeGreaterThan(10);
    for (const [of, result, side, against] of [
      [ready, mine, head, base],
      [other, theirs, base, head],
    ] as const) {
      const file = fileNamed(of, 'PriceBench');
      const sources = file.state === 'ready' ? file.sources : [];
      expect(sources).toContain(join(side.repoRoot, 'core'));
      expect(contaminating([...sources, ...result.loaded], side, against)).toEqual([]);
      const scratch = join(root, `scratch ${side.name}`);
      expect(result.loaded).toContain(join(scratch, 'jmh/tree/core/target/classes'));
    }
  });
});
