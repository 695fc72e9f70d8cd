import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRunProcess } from '../../kernel/process/run.ts';
import type { DriveOutcome, DriveRequest, Prepared, Side } from '../harness.ts';
import goTesting from './index.ts';

const hasGo = (() => {
  try {
    execFileSync('go', ['version']);
    return true;
  } catch {
    return false;
  }
})();
if (!hasGo) console.warn('skipped: the Go harness needs `go` on the PATH');

const fixture = join(import.meta.dirname, 'fixtures', 'shapes');
const root = realpathSync(mkdtempSync(join(tmpdir(), 'assay-go-')));
const run = createRunProcess(() => undefined);
const options = { processTimeoutMs: 60_000 };
const prepared: Prepared[] = [];

afterAll(async () => {
  for (const one of prepared) await one.dispose();
  rmSync(root, { recursive: true, force: true });
});

function side(name: 'base' | 'head', folder: string = name): Side {
  const projectRoot = join(root, folder);
  return { name, repoRoot: projectRoot, workspaceRoot: projectRoot, projectRoot };
}

async function prepare(
  of: Side,
  files: readonly string[],
  env: Record<string, string> = {},
): Promise<Prepared> {
  const scratch = join(root, `scratch-${of.projectRoot.slice(root.length + 1)}`);
  mkdirSync(scratch, { recursive: true });
  const context = { run, scratch, env: { SHAPES_TEARDOWN: join(scratch, 'teardown'), ...env } };
  const ready = await goTesting.prepare(of, files, options, context);
  prepared.push(ready);
  return ready;
}

function request(part: Partial<DriveRequest>): DriveRequest {
  return {
    file: 'well_test.go',
    mode: 'list',
    benchmarks: [],
    iterations: {},
    warmup: {},
    chunks: 1,
    targetChunkNs: 200_000,
    maxBenchmarkMs: 5_000,
    timeoutMs: 20_000,
    ...part,
  };
}

function named(outcomes: readonly DriveOutcome[], name: string): DriveOutcome | undefined {
  return outcomes.find((outcome) => outcome.name === name);
}

// A machine's first build compiles the standard library.
const timeout = 300_000;

describe.skipIf(!hasGo)('go-testing', { timeout }, () => {
  const files = [
    'broken/broken_test.go',
    'ill_test.go',
    'loop_test.go',
    'parse/parse_test.go',
    'well_test.go',
  ];
  let head: Prepared;

  beforeAll(async () => {
    cpSync(fixture, join(root, 'head'), { recursive: true });
    head = await prepare(side('head'), files);
  }, timeout);

  it('finds the files', async () => {
    expect(await goTesting.discover(join(root, 'head'), options)).toEqual(files);
  });

  it('builds a binary a package and tells the compiler’s first lines', () => {
    const [broken, ill, loop, parse, well] = head.files;
    expect(broken).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/does not compile: .*broken_test\.go:7:3: undefined: noSuchFunction/),
    });
    expect([ill, loop, parse, well].map((file) => file?.state)).toEqual(Array(4).fill('ready'));
    expect(parse).toMatchObject({ digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    // They read files and the environment: equal bytes need not behave equally in two trees.
    for (const open of [ill, loop, well]) expect(open).not.toHaveProperty('digest');
    const sources = well?.state === 'ready' ? well.sources : [];
    expect(sources).toEqual(['', 'broken', 'go.mod', 'parse'].map((name) => join(root, 'head', name)).sort());
  });

  it('lists benchmarks and sub-benchmarks, tells duplicates, and ignores what is printed', async () => {
    const result = await head.drive(request({}));
    expect(result.outcomes.map((outcome) => outcome.name)).toEqual([
      'BenchmarkSum',
      'BenchmarkSizes/size=10_(a|b)/x_y',
      'BenchmarkSizes/size=100_(a|b)/x_y',
      'BenchmarkTwice/same',
      'BenchmarkTwice/same#01',
      'BenchmarkAllocates',
      'BenchmarkParallel',
      'BenchmarkSetUp',
      'BenchmarkReadsTestdata',
    ]);
    expect(new Set(result.outcomes.map((outcome) => outcome.state))).toEqual(new Set(['listed']));
    expect(result.outcomes[1]).toMatchObject({ line: 26 });
    expect(result.duplicates).toEqual(['BenchmarkTwice/same']);
    expect(result.process.state).toBe('exited');
  });

  it('goes on listing past a benchmark that brings its process down', async () => {
    const { outcomes } = await head.drive(request({ file: 'ill_test.go' }));
    const states = outcomes.map((outcome) => [outcome.name, outcome.state]);
    expect(states).toEqual([
      ['BenchmarkFatal', 'failed'],
      ['BenchmarkFailsLater', 'listed'],
      ['BenchmarkSkip', 'listed'],
      ['BenchmarkPanic', 'failed'],
      ['BenchmarkBackgroundPanic', 'failed'],
      ['BenchmarkExit', 'failed'],
      ['BenchmarkHang', 'listed'],
      ['BenchmarkIgnoresN', 'listed'],
      ['BenchmarkPrints', 'listed'],
      ['BenchmarkParent/first', 'listed'],
      ['BenchmarkParent', 'failed'],
    ]);
    expect(named(outcomes, 'BenchmarkFatal')).toMatchObject({ reason: 'ill_test.go:10: no input' });
    expect(named(outcomes, 'BenchmarkSkip')).toMatchObject({
      skipped: 'ill_test.go:19: not on this machine',
    });
    expect(named(outcomes, 'BenchmarkPanic')).toMatchObject({
      reason: expect.stringContaining('panic: boom'),
    });
    expect(named(outcomes, 'BenchmarkBackgroundPanic')).toMatchObject({
      reason: expect.stringContaining('panic: from behind'),
    });
    expect(named(outcomes, 'BenchmarkExit')).toMatchObject({
      reason: expect.stringContaining('unexpected call to os.Exit(0) during test'),
    });
  });

  it('calibrates', async () => {
    const { outcomes } = await head.drive(request({ mode: 'calibrate', benchmarks: ['BenchmarkSum'] }));
    expect(outcomes).toHaveLength(1);
    const [sum] = outcomes;
    if (sum?.state !== 'calibrated') throw new Error(JSON.stringify(sum));
    expect(sum.iterations * sum.nsPerOp).toBeGreaterThan(150_000);
    expect(sum.iterations * sum.nsPerOp).toBeLessThan(260_000);
    expect(sum.overheadNs).toBeGreaterThan(0);
    expect(sum.overheadNs).toBeLessThan(sum.nsPerOp);
  });

  it('keeps a chunk short for the wall where the set-up is long', async () => {
    const benchmarks = ['BenchmarkSetUp'];
    const { outcomes } = await head.drive(request({ mode: 'calibrate', benchmarks }));
    const [found] = outcomes;
    if (found?.state !== 'calibrated') throw new Error(JSON.stringify(found));
    expect(found.iterations).toBeLessThan(60);
  });

  it.each([
    ['BenchmarkIgnoresN', /measured nothing: its time does not grow with b\.N/],
    ['BenchmarkFailsLater', /ill_test\.go:14: too many/],
    ['BenchmarkSkip', /^skipped: .*not on this machine/],
    ['BenchmarkNone', /the file does not define it/],
  ])('%s cannot be calibrated', async (name, reason) => {
    const { outcomes } = await head.drive(
      request({ file: 'ill_test.go', mode: 'calibrate', benchmarks: [name] }),
    );
    expect(outcomes).toEqual([{ state: 'failed', name, reason: expect.stringMatching(reason) }]);
  });

  it('takes exactly the chunks and iterations asked for, with the library’s own metrics', async () => {
    const name = 'BenchmarkSizes/size=100_(a|b)/x_y';
    const { outcomes } = await head.drive(
      request({
        mode: 'sample',
        benchmarks: [name],
        iterations: { [name]: 37 },
        warmup: { [name]: 2 },
        chunks: 5,
      }),
    );
    expect(outcomes).toHaveLength(1);
    const [found] = outcomes;
    if (found?.state !== 'sampled') throw new Error(JSON.stringify(found));
    expect([found.iterations, found.warmup.length, found.chunks.length]).toEqual([37, 2, 5]);
    const extra = new Map(found.extra.map((metric) => [metric.unit, metric]));
    expect(extra.get('runs')?.value).toBe(37); // b.N, as the benchmark itself saw it
    expect(extra.get('hits/s')).toMatchObject({ value: 7, better: 'higher' });
    expect(extra.get('MB/s')).toMatchObject({ name: 'throughput', better: 'higher' });
    expect(extra.get('allocs/op')).toMatchObject({ value: 0, better: 'lower' });
  });

  it('limits warm-up and chunks each for itself: half of the one and one of the other at least', async () => {
    const name = 'BenchmarkSum';
    const { outcomes } = await head.drive(
      request({
        mode: 'sample',
        benchmarks: [name],
        iterations: { [name]: 100 },
        warmup: { [name]: 5 },
        chunks: 50,
        maxBenchmarkMs: 0,
      }),
    );
    expect(outcomes).toMatchObject([{ state: 'sampled', warmup: { length: 3 }, chunks: { length: 1 } }]);
  });

  it('makes b.Loop turn exactly as often', async (context) => {
    const benchmarks = ['BenchmarkLoop'];
    const listed = await head.drive(request({ file: 'loop_test.go' }));
    if (listed.outcomes.length === 0) return context.skip('b.Loop needs Go 1.24');
    const { outcomes } = await head.drive(
      request({
        file: 'loop_test.go',
        mode: 'sample',
        benchmarks,
        iterations: { BenchmarkLoop: 41 },
        chunks: 3,
      }),
    );
    const [found] = outcomes;
    if (found?.state !== 'sampled') throw new Error(JSON.stringify(found));
    const extra = new Map(found.extra.map((metric) => [metric.unit, metric.value]));
    expect([extra.get('turns'), extra.get('runs'), found.chunks.length]).toEqual([41, 41, 3]);
  });

  it('counts allocations, and runs the user’s own TestMain to its end', async () => {
    const name = 'BenchmarkAllocates';
    const { outcomes } = await head.drive(
      request({ mode: 'sample', benchmarks: [name], iterations: { [name]: 500 }, chunks: 3 }),
    );
    const [found] = outcomes;
    if (found?.state !== 'sampled') throw new Error(JSON.stringify(found));
    const extra = new Map(found.extra.map((metric) => [metric.unit, metric.value]));
    expect(extra.get('allocs/op')).toBe(1);
    expect(extra.get('B/op')).toBeGreaterThanOrEqual(1024);
    expect(extra.get('B/op')).toBeLessThan(1100);
    expect(readFileSync(join(root, 'scratch-head', 'teardown'), 'utf8')).toBe('torn down');
  });

  it('samples one of two of the same name, and one whose parent fails later', async () => {
    const twin = 'BenchmarkTwice/same#01';
    const one = await head.drive(
      request({ mode: 'sample', benchmarks: [twin], iterations: { [twin]: 100 }, chunks: 2 }),
    );
    expect(one.outcomes).toMatchObject([{ state: 'sampled', name: twin, iterations: 100 }]);
    const first = 'BenchmarkParent/first';
    const other = await head.drive(
      request({ file: 'ill_test.go', mode: 'sample', benchmarks: [first], iterations: { [first]: 100 } }),
    );
    expect(named(other.outcomes, first)).toMatchObject({ state: 'sampled' });
  });

  it('tells a hanging benchmark', async () => {
    const hanging = await prepare(side('head'), ['ill_test.go'], { SHAPES_HANG: '1' });
    const name = 'BenchmarkHang';
    const result = await hanging.drive(
      request({ file: 'ill_test.go', mode: 'sample', benchmarks: [name], timeoutMs: 1500 }),
    );
    expect(result.process.state).toBe('timed-out');
    expect(result.outcomes).toEqual([
      { state: 'failed', name, reason: expect.stringMatching(/stopped after \d s without finishing/) },
    ]);
  });

  it('gives equal bytes for equal code wherever it lies', async () => {
    cpSync(fixture, join(root, 'another-place'), { recursive: true });
    const other = await prepare(side('base', 'another-place'), ['parse/parse_test.go']);
    const digest = (of: Prepared, file: string) =>
      of.files.flatMap((found) => (found.file === file && found.state === 'ready' ? [found.digest] : []));
    expect(digest(other, 'parse/parse_test.go')).toEqual(digest(head, 'parse/parse_test.go'));
    expect(digest(head, 'parse/parse_test.go')).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it('measures on the base what compiles there of head’s tests', async () => {
    cpSync(fixture, join(root, 'older'), { recursive: true });
    const added =
      'package shapes\n\nimport (\n\t"strings"\n\t"testing"\n)\n\n' +
      'func BenchmarkNew(b *testing.B) { NotYet(strings.ToUpper("x")) }\n\n' +
      'func BenchmarkOld(b *testing.B) {\n\tfor i := 0; i < b.N; i++ {\n\t\tsink += Sum(nil)\n\t}\n}\n';
    writeFileSync(join(root, 'older', 'added_test.go'), added);
    const base = await prepare(side('base', 'older'), ['added_test.go', 'well_test.go']);
    expect(base.files.map((found) => found.state)).toEqual(['ready', 'ready']);
    const { outcomes } = await base.drive(request({ file: 'added_test.go' }));
    expect(outcomes.map((outcome) => outcome.name)).toEqual(['BenchmarkOld']);
    const sameAtHead = await prepare(side('head', 'older'), ['added_test.go']);
    expect(sameAtHead.files[0]?.state).toBe('failed');
  });

  it('finds on the base no benchmark of a package that is new', async () => {
    cpSync(fixture, join(root, 'without'), { recursive: true });
    rmSync(join(root, 'without', 'parse', 'parse.go'));
    const base = await prepare(side('base', 'without'), ['parse/parse_test.go']);
    const [file] = base.files;
    if (file?.state === 'ready') {
      expect((await base.drive(request({ file: file.file }))).outcomes).toEqual([]);
    } else {
      expect(file?.reason).toMatch(/example\.com\/shapes\/parse/);
    }
  });

  it('keeps the paths of code that looks for itself, and then gives no digest', async () => {
    cpSync(join(import.meta.dirname, 'fixtures', 'located'), join(root, 'located'), { recursive: true });
    const located = await prepare(side('head', 'located'), ['located_test.go']);
    expect(located.files).toEqual([
      {
        state: 'ready',
        file: 'located_test.go',
        sources: [join(root, 'located'), join(root, 'located', 'go.mod')],
        takesTurns: true,
      },
    ]);
    const { outcomes } = await located.drive(
      request({ file: 'located_test.go', mode: 'sample', benchmarks: ['BenchmarkReadsItself'] }),
    );
    expect(outcomes[0]).toMatchObject({ state: 'sampled' });
  });

  it('leaves the user’s tree as it was', () => {
    const listed = execFileSync('diff', ['-r', fixture, join(root, 'head')], { encoding: 'utf8' });
    expect(listed).toBe('');
  });

  it('says so where there is no go', async () => {
    const none = await prepare(side('head'), ['well_test.go'], { PATH: '/nowhere' });
    expect(none.files).toMatchObject([
      { state: 'failed', reason: expect.stringContaining('there is no `go` on the PATH') },
    ]);
  });
});
