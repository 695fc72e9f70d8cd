import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRunProcess } from '../../kernel/process/run.ts';
import rust from '../../languages/rust/index.ts';
import type { DriveOutcome, DriveRequest, Prepared, Side } from '../harness.ts';
import criterion from './index.ts';

const hasCargo = (() => {
  try {
    execFileSync('cargo', ['--version']);
    return true;
  } catch {
    return false;
  }
})();
if (!hasCargo) console.warn('skipped: the criterion harness needs `cargo` on the PATH');

const fixture = join(import.meta.dirname, 'fixtures', 'shapes');
const root = realpathSync(mkdtempSync(join(tmpdir(), 'assay criterion-')));
const run = createRunProcess(() => undefined);
const options = { processTimeoutMs: 60_000 };
const prepared: Prepared[] = [];

afterAll(async () => {
  for (const one of prepared) await one.dispose();
  rmSync(root, { recursive: true, force: true });
});

function tree(name: 'base' | 'head'): Side {
  const repoRoot = join(root, name);
  if (!existsSync(repoRoot)) cpSync(fixture, repoRoot, { recursive: true });
  return { name, repoRoot, workspaceRoot: repoRoot, projectRoot: join(repoRoot, 'text') };
}

async function prepare(side: Side, other: Side, files: readonly string[]): Promise<Prepared> {
  const scratch = join(root, `scratch-${side.name}`);
  mkdirSync(scratch, { recursive: true });
  const env = await rust.environment(side, other, { run, progress: () => {} });
  const ready = await criterion.prepare(side, files, options, { run, scratch, env });
  prepared.push(ready);
  return ready;
}

function request(part: Partial<DriveRequest>): DriveRequest {
  return {
    file: 'benches/well.rs',
    mode: 'list',
    benchmarks: [],
    iterations: {},
    warmup: {},
    chunks: 1,
    targetChunkNs: 100_000,
    maxBenchmarkMs: 5_000,
    timeoutMs: 20_000,
    ...part,
  };
}

function named(outcomes: readonly DriveOutcome[], name: string): DriveOutcome | undefined {
  return outcomes.find((outcome) => outcome.name === name);
}

const ODD = 'odd "name"\nü';
const WELL = [
  ...['digest', 'input/3', ODD, 'batched/small', 'batched/each', 'batched/by reference', 'batched/setup'],
  ...['batched/drop', 'batched/custom', 'inputs/1', 'inputs/2', 'async'],
];

// Two cores shared with others compile slowly.
describe.skipIf(!hasCargo)('criterion', { timeout: 300_000 }, () => {
  let head: Prepared;
  let base: Prepared;
  beforeAll(async () => {
    const [theirs, mine] = [tree('base'), tree('head')];
    // The base is from before these benchmarks: no target, no criterion.
    const manifest = readFileSync(join(theirs.projectRoot, 'Cargo.toml'), 'utf8');
    writeFileSync(
      join(theirs.projectRoot, 'Cargo.toml'),
      manifest.replace(/\[dev-dependencies\][\s\S]*/, ''),
    );
    const [, ...files] = await criterion.discover(mine.projectRoot, options);
    head = await prepare(mine, theirs, files);
    base = await prepare(theirs, mine, ['benches/ill.rs']);
  }, 300_000);

  it('builds what compiles, says of the rest why not, and leaves the tree as it is', () => {
    const [broken, ...ready] = head.files;
    expect(broken).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/cannot find function `no_such_function`.*text\/benches\/broken\.rs:4/),
    });
    expect(ready.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
    const { projectRoot, repoRoot } = tree('head');
    for (const file of ['Cargo.toml', 'benches/well.rs']) {
      expect(readFileSync(join(projectRoot, file), 'utf8')).toBe(
        readFileSync(join(fixture, 'text', file), 'utf8'),
      );
    }
    expect(existsSync(join(repoRoot, 'Cargo.lock'))).toBe(false);
  });

  it('builds a base that knows nothing of the benchmarks yet, from its own sources', () => {
    const [mine, theirs] = [head, base].map((side) =>
      side.files.find(({ file }) => file === 'benches/ill.rs'),
    );
    if (mine?.state !== 'ready' || theirs?.state !== 'ready') throw new Error(JSON.stringify(base.files));
    const { repoRoot } = tree('base');
    expect(theirs.sources).toEqual([
      join(repoRoot, 'core/src/lib.rs'),
      join(repoRoot, 'text/benches/ill.rs'),
      join(repoRoot, 'text/src/lib.rs'),
    ]);
    expect(mine.sources).toEqual(theirs.sources.map((path) => path.replace(repoRoot, tree('head').repoRoot)));
  });

  it('lists every benchmark by criterion’s name, with its line and without running it', async () => {
    const { outcomes, duplicates } = await head.drive(request({}));
    expect(outcomes.map(({ name, state }) => [name, state])).toEqual(WELL.map((name) => [name, 'listed']));
    expect(named(outcomes, 'digest')).toMatchObject({ line: 13 });
    expect(duplicates).toEqual([]);
    const ill = await head.drive(request({ file: 'benches/ill.rs' }));
    expect(ill.duplicates).toEqual(['twice']);
    const grouped = await head.drive(request({ file: 'benches/grouped/main.rs' }));
    expect(grouped.outcomes).toEqual([{ state: 'listed', name: 'slow', line: 5 }]);
  });

  it('calibrates to the length of a chunk', async () => {
    const { outcomes } = await head.drive(request({ mode: 'calibrate' }));
    for (const name of WELL) {
      const found = named(outcomes, name);
      if (found?.state !== 'calibrated') throw new Error(JSON.stringify(found));
      expect(found.nsPerOp).toBeGreaterThan(1);
      const chunk = found.nsPerOp * found.iterations;
      // Set-up that is not timed may keep a chunk short.
      expect(chunk).toBeLessThan(300_000);
      expect(chunk).toBeGreaterThan(name.startsWith('batched') ? 1_000 : 50_000);
      expect(found.resolutionNs).toBeGreaterThan(0);
    }
  });

  it('samples chunks of exactly the iterations asked for, in order, with its throughput', async () => {
    const benchmarks = ['batched/each', ODD, 'inputs/2', 'async'];
    const { outcomes } = await head.drive(
      request({
        mode: 'sample',
        benchmarks,
        iterations: Object.fromEntries(benchmarks.map((name, at) => [name, 7 + at])),
        warmup: { 'batched/each': 2 },
        chunks: 3,
      }),
    );
    expect(outcomes.map(({ name }) => name).sort()).toEqual([...benchmarks].sort());
    for (const [at, name] of benchmarks.entries()) {
      const found = named(outcomes, name);
      if (found?.state !== 'sampled') throw new Error(JSON.stringify(found));
      expect([found.iterations, found.chunks.length]).toEqual([7 + at, 3]);
      for (const ns of found.chunks) expect(ns).toBeGreaterThan(100);
    }
    const batched = named(outcomes, 'batched/each');
    if (batched?.state !== 'sampled') throw new Error('not sampled');
    expect(batched.warmup).toHaveLength(2);
    const median = [...batched.chunks].sort((a, b) => a - b)[1] as number;
    expect(batched.extra).toMatchObject([{ name: 'throughput', unit: 'MB/s', better: 'higher' }]);
    expect(batched.extra[0]?.value).toBeCloseTo(19e3 / median, 6);
    expect(named(outcomes, 'inputs/2')).toMatchObject({ extra: [{ unit: 'elements/s' }] });
  });

  it('counts what an operation allocates, its set-up and what it measures itself left out', async () => {
    const benchmarks = ['batched/drop', 'batched/each', 'batched/custom'];
    const { outcomes } = await head.drive(request({ mode: 'sample', benchmarks, memory: true }));
    const figures = (name: string) => {
      const found = named(outcomes, name);
      if (found?.state !== 'sampled') throw new Error(JSON.stringify(found));
      const told = found.extra.filter(({ unit }) => unit !== 'MB/s');
      return {
        told: Object.fromEntries(told.map(({ unit, value }) => [unit, value])),
        missing: found.missing?.map((each) => each.name) ?? [],
      };
    };
    const linux = process.platform === 'linux';
    const peak = linux ? { bytes: expect.any(Number) } : {};
    // The text has 19 bytes.
    expect(figures('batched/drop').told).toEqual({ 'B/op': 19, 'allocs/op': 1, 'bytes/op': 19, ...peak });
    expect(figures('batched/each').told).toEqual({ 'B/op': 0, 'allocs/op': 0, 'bytes/op': 0, ...peak });
    expect(figures('batched/custom').missing).toEqual([
      ...(linux ? [] : ['peak memory']),
      ...['allocated bytes per operation', 'allocations per operation', 'peak memory per operation'],
    ]);
  });

  it.each([
    ['panics', /^panicked at text\/benches\/ill\.rs:5: it broke in the middle$/],
    ['never iterates', /^the benchmark never calls Bencher::iter or one of its kin$/],
    ['leaves', /^the process ended early \(exit code 3\)/],
    ['unheard of', /^the file does not define it$/],
  ])('%s fails alone', async (name, reason) => {
    const { outcomes } = await head.drive(
      request({ file: 'benches/ill.rs', mode: 'sample', benchmarks: [name] }),
    );
    expect(outcomes).toEqual([{ state: 'failed', name, reason: expect.stringMatching(reason) }]);
    const both = ['panics', 'fine'];
    const after = await head.drive(request({ file: 'benches/ill.rs', mode: 'sample', benchmarks: both }));
    expect(named(after.outcomes, 'fine')?.state).toBe('sampled');
  });

  it('stops past its time: half of the warm-up and one chunk at least', async () => {
    const { outcomes } = await head.drive(
      request({
        file: 'benches/ill.rs',
        mode: 'sample',
        benchmarks: ['sleeps'],
        warmup: { sleeps: 5 },
        chunks: 50,
        maxBenchmarkMs: 1,
      }),
    );
    const [sleeps] = outcomes;
    if (sleeps?.state !== 'sampled') throw new Error(JSON.stringify(sleeps));
    expect([sleeps.warmup.length, sleeps.chunks.length]).toEqual([3, 1]);
    expect(sleeps.chunks[0]).toBeGreaterThan(29e6);
  });

  it('shows equal bytes for equal code, and other bytes for other code', async () => {
    const digest = (side: Prepared): string | undefined => {
      const found = side.files.find(({ file }) => file === 'benches/ill.rs');
      return found?.state === 'ready' ? found.digest : undefined;
    };
    expect(digest(head)).toMatch(/^[0-9a-f]{64}$/);
    const theirs = tree('base');
    const core = join(theirs.repoRoot, 'core/src/lib.rs');
    writeFileSync(core, readFileSync(core, 'utf8').replace('0x811c9dc5', '0x811c9dc6'));
    const changed = await prepare(theirs, tree('head'), ['benches/ill.rs']);
    expect(digest(changed)).not.toBe(digest(head));
  });

  it('leaves allocations uncounted where the benchmark has an allocator of its own', async () => {
    const file = 'benches/allocator.rs';
    const own = await prepare(tree('base'), tree('head'), [file]);
    const { outcomes } = await own.drive(
      request({ file, mode: 'sample', benchmarks: ['own'], memory: true }),
    );
    const missing = { reason: expect.stringMatching(/global allocator of its own/) };
    expect(outcomes).toMatchObject([
      { state: 'sampled', missing: expect.arrayContaining([expect.objectContaining(missing)]) },
    ]);
  });

  it('runs for us alone', () => {
    const [built] = execFileSync('find', [
      tree('head').repoRoot,
      '-name',
      'well-*',
      '-perm',
      '-u+x',
      '-type',
      'f',
    ])
      .toString()
      .trim()
      .split('\n');
    expect(() => execFileSync(built as string, ['--bench'], { stdio: 'pipe' })).toThrow(/built by nx-assay/);
  });
});
