import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProcess } from '../../kernel/process/run.ts';
import { copyOf, testPython } from '../../languages/python/fixtures/environment.ts';
import type { DriveOutcome, DriveRequest, Prepared, Side } from '../harness.ts';
import harness from './index.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const options = { processTimeoutMs: 20_000 };
const python = await testPython();
const reason = python.state === 'missing' ? ` (skipped: ${python.reason})` : '';

describe('which files are benchmarks', () => {
  it('goes by name and content, and not into build output or other projects', async () => {
    expect(await harness.discover(join(FIXTURES, 'project'), options)).toEqual([
      'bench_top.py',
      'broken/test_y.py',
      'tests/test_api.py',
      'tests/test_broken.py',
      'tests/test_import.py',
    ]);
  });

  it('takes globs, which reach into other folders', async () => {
    const files = ['nested/**/*.py', '!**/conftest.py', 'tests/test_plain.py'];
    expect(await harness.discover(join(FIXTURES, 'project'), { ...options, files })).toEqual([
      'nested/tests/test_other.py',
    ]);
  });

  it('lays benchmarks with their configuration over the base, and no package of the project', async () => {
    const project = join(FIXTURES, 'project');
    expect(await harness.overlay(project, ['tests/test_api.py', 'bench_top.py'])).toEqual([
      'bench_top.py',
      'tests/conftest.py',
      'tests/test_api.py',
    ]);
    expect(await harness.overlay(project, ['broken/test_y.py'])).toEqual([
      'broken/conftest.py',
      'broken/test_y.py',
    ]);
  });
});

describe.skipIf(python.state === 'missing')(`driving pytest${reason}`, () => {
  const tree = copyOf(FIXTURES, 'project');
  const scratch = copyOf();
  const side: Side = { name: 'head', repoRoot: tree.path, workspaceRoot: tree.path, projectRoot: tree.path };
  const context = {
    run: runProcess,
    scratch: scratch.path,
    env: {
      ASSAY_PYTHON: python.state === 'found' ? python.python : '',
      ASSAY_PYTHON_TREE: `${tree.path}\x1f${tree.path}`,
      PYTEST_ADDOPTS: '--numprocesses=2 -k nothing',
    },
  };
  let prepared: Prepared;

  const request = (
    file: string,
    mode: DriveRequest['mode'],
    benchmarks: readonly string[] = [],
  ): DriveRequest => ({
    file,
    mode,
    benchmarks,
    iterations: Object.fromEntries(benchmarks.map((name) => [name, 10])),
    warmup: Object.fromEntries(benchmarks.map((name) => [name, 2])),
    chunks: 4,
    targetChunkNs: 20_000,
    maxBenchmarkMs: 500,
    timeoutMs: 15_000,
  });
  const reasonOf = (outcomes: readonly DriveOutcome[], name: string): string => {
    const outcome = outcomes.find((one) => one.name === name);
    return outcome?.state === 'failed' ? outcome.reason : JSON.stringify(outcome);
  };

  beforeAll(async () => {
    rmSync(join(tree.path, 'tests/test_plain.py'));
    prepared = await harness.prepare(side, await harness.discover(tree.path, options), options, context);
  });
  afterAll(async () => {
    await prepared.dispose();
    tree.remove();
    scratch.remove();
  });

  it('says of each file whether it is ready, and why not', () => {
    expect(prepared.files.map((file) => [file.file, file.state === 'ready' ? 'ready' : file.reason])).toEqual(
      [
        ['bench_top.py', 'ready'],
        ['broken/test_y.py', 'conftest: RuntimeError: conftest is broken (broken/conftest.py:1)'],
        ['tests/test_api.py', 'ready'],
        ['tests/test_broken.py', 'ready'],
        [
          'tests/test_import.py',
          "ModuleNotFoundError: No module named 'no_such_module' (tests/test_import.py:1)",
        ],
      ],
    );
    const sources = prepared.files[2]?.state === 'ready' ? prepared.files[2].sources : [];
    expect(sources).toEqual([
      join(tree.path, 'tests/test_api.py'),
      join(tree.path, 'src/shop/__init__.py'),
      join(tree.path, 'tests/conftest.py'),
    ]);
  });

  it('lists without running, by names that say class and parameters', async () => {
    const { outcomes } = await prepared.drive(request('tests/test_api.py', 'list'));
    expect(outcomes).toEqual([
      { state: 'listed', name: 'test_plain', line: 5 },
      { state: 'listed', name: 'test_keywords', line: 9 },
      { state: 'listed', name: 'test_odd [few things]', line: 13 },
      { state: 'listed', name: 'test_odd [a/b "c" [d]]', line: 13 },
      { state: 'listed', name: 'test_odd [\\xfcmlaut \\u203a x]', line: 13 },
      { state: 'listed', name: 'TestOuter › TestInner › test_nested', line: 25 },
      { state: 'listed', name: 'test_stats', line: 34 },
      { state: 'listed', name: 'test_pedantic_setup', line: 40 },
      { state: 'listed', name: 'test_pedantic_iterations', line: 52 },
      { state: 'listed', name: 'test_skipped', line: 58, skipped: 'not today' },
    ]);
  });

  it('calibrates and samples all of the interface, in the order asked for', async () => {
    const listed = (await prepared.drive(request('tests/test_api.py', 'list'))).outcomes.map(
      ({ name }) => name,
    );
    const names = listed.filter((name) => name !== 'test_skipped').reverse();
    const calibrated = await prepared.drive(request('tests/test_api.py', 'calibrate', names));
    expect(calibrated.outcomes.map(({ state, name }) => [state, name])).toEqual(
      names.map((name) => ['calibrated', name]),
    );
    for (const outcome of calibrated.outcomes) {
      if (outcome.state !== 'calibrated') continue;
      expect(outcome.iterations).toBeGreaterThanOrEqual(1);
      expect(outcome.overheadNs).toBeGreaterThan(0);
      expect(outcome.resolutionNs).toBeGreaterThan(0);
      if (outcome.name === 'test_pedantic_iterations') expect(outcome.iterations % 7).toBe(0);
    }

    const sampled = await prepared.drive(request('tests/test_api.py', 'sample', names));
    expect(
      sampled.outcomes.map((outcome) =>
        outcome.state === 'sampled'
          ? [outcome.name, outcome.iterations, outcome.warmup.length, outcome.chunks.length]
          : outcome,
      ),
    ).toEqual(names.map((name) => [name, name === 'test_pedantic_iterations' ? 7 : 10, 2, 4]));
    expect(sampled.loaded).toContain(join(tree.path, 'src/shop/__init__.py'));
    expect(sampled.loaded.filter((path) => !path.startsWith(tree.path))).toEqual([]);
  });

  it('leaves nothing in the tree of the user', () => {
    const strangers = readdirSync(tree.path, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /__pycache__|\.pytest_cache|\.pyc$/.test(path),
    );
    expect(strangers).toEqual([]);
  });

  it('lays each failure at the door of its benchmark and runs the others', async () => {
    const names = [
      'test_raises',
      'test_asserts_after',
      'test_exits',
      'test_never_calls',
      'test_twice',
      'test_fixture_missing',
      'test_breaks_late',
      'test_skips_inside',
      'test_wears_out',
      'test_noisy',
      'test_coroutine',
      'test_closes_everything',
    ];
    const { outcomes } = await prepared.drive(request('tests/test_broken.py', 'sample', names));
    const of = (name: string): string => reasonOf(outcomes, name);
    expect(of('test_raises')).toBe('ValueError: no such thing (tests/test_broken.py:10)');
    expect(of('test_asserts_after')).toBe('AssertionError: wrong total (tests/test_broken.py:16)');
    expect(of('test_exits')).toBe('SystemExit: 3 (tests/test_broken.py:20)');
    expect(of('test_never_calls')).toBe('measured nothing: the test takes `benchmark` and never calls it');
    expect(of('test_twice')).toContain('Fixture can only be used once');
    expect(of('test_fixture_missing')).toContain("fixture 'no_such_fixture' not found");
    expect(of('test_breaks_late')).toBe('in teardown: RuntimeError: cannot tidy up (tests/conftest.py:16)');
    expect(of('test_skips_inside')).toBe('skipped: no hardware');
    expect(of('test_wears_out')).toContain('IndexError: pop from empty list');
    expect(of('test_wears_out')).toContain('needs a `setup`');
    expect(of('test_coroutine')).toContain('the function gives a coroutine, which nobody awaits');
    for (const name of ['test_noisy', 'test_closes_everything']) {
      expect(outcomes.find((one) => one.name === name)).toMatchObject({ state: 'sampled', iterations: 10 });
    }
  });

  it.each([
    ['test_quits', 'exited', 'the process ended early (exit code 7)'],
    ['test_killed', 'signalled', 'the process was killed (SIGKILL)'],
    ['test_hangs', 'timed-out', 'the process was stopped after'],
  ])('survives a benchmark that takes the process with it: %s', async (name, state, why) => {
    const asked = ['test_noisy', name, 'test_never_calls'];
    const timeoutMs = name === 'test_hangs' ? 2_500 : 15_000;
    const result = await prepared.drive({ ...request('tests/test_broken.py', 'sample', asked), timeoutMs });
    expect(result.process.state).toBe(state);
    expect(result.outcomes[0]).toMatchObject({ name: 'test_noisy', state: 'sampled' });
    expect(reasonOf(result.outcomes, name)).toContain(why);
    expect(reasonOf(result.outcomes, 'test_never_calls')).toContain('not reached');
  });

  it('counts untimed set-up into a chunk, and does not wait for threads at the end', async () => {
    const asked = ['test_costly_setup', 'test_leaves_a_thread'];
    const result = await prepared.drive(request('tests/test_broken.py', 'calibrate', asked));
    expect(result.process.state).toBe('exited');
    expect(result.outcomes.map(({ state }) => state)).toEqual(['calibrated', 'calibrated']);
    // A chunk of 20 us may last 400 us; one set-up takes 2 ms.
    expect(result.outcomes[0]).toMatchObject({ name: 'test_costly_setup', iterations: 1 });
  });

  it('stops taking chunks when the time is over, and takes one and half of the warm-up at least', async () => {
    const asked = ['test_plain', 'test_renamed'];
    const slow = {
      ...request('tests/test_api.py', 'sample', asked),
      iterations: { test_plain: 20_000 },
    } as const;
    const result = await prepared.drive({
      ...slow,
      warmup: { test_plain: 5 },
      maxBenchmarkMs: 0.001,
      chunks: 50,
    });
    expect(result.outcomes[0]).toMatchObject({ state: 'sampled', iterations: 20_000 });
    expect(reasonOf(result.outcomes, 'test_renamed')).toBe('the file does not define it');
    const [outcome] = result.outcomes;
    expect(outcome?.state === 'sampled' && outcome.warmup.length).toBe(3);
    expect(outcome?.state === 'sampled' && outcome.chunks.length).toBe(1);
  });
});

describe.skipIf(python.state === 'missing')(`without pytest or Python${reason}`, () => {
  it('says how to install what is missing', async () => {
    const tree = copyOf(FIXTURES, 'project');
    const scratch = copyOf();
    const side: Side = {
      name: 'head',
      repoRoot: tree.path,
      workspaceRoot: tree.path,
      projectRoot: tree.path,
    };
    const prepare = (env: Record<string, string>) =>
      harness.prepare(side, ['bench_top.py'], options, { run: runProcess, scratch: scratch.path, env });
    // A module that cannot be imported stands for one that is not there.
    const [file] = (await prepare({ ASSAY_PYTHON: 'python3', PYTHONPATH: join(FIXTURES, 'no-pytest') }))
      .files;
    expect(file?.state === 'failed' && file.reason).toMatch(
      /^pytest cannot be imported by .*python.*: not here\. Install it: python3 -m pip install pytest pytest-benchmark/,
    );

    const none = await prepare({ ASSAY_PYTHON: join(tree.path, 'no-python') });
    expect(none.files[0]?.state === 'failed' && none.files[0].reason).toContain('no-python');
    tree.remove();
    scratch.remove();
  });
});
