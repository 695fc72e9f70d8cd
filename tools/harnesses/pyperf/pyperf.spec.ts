import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProcess } from '../../kernel/process/run.ts';
import { copyOf, testPython } from '../../languages/python/fixtures/environment.ts';
import type { DriveRequest, Prepared, Side } from '../harness.ts';
import harness from './index.ts';

const PROJECT = join(import.meta.dirname, 'fixtures', 'project');
const options = { processTimeoutMs: 20_000 };
const python = await testPython();
const reason = python.state === 'missing' ? ` (skipped: ${python.reason})` : '';

it('finds scripts that import pyperf', async () => {
  expect(await harness.discover(PROJECT, options)).toEqual([
    'bench_all.py',
    'perf/perf_empty.py',
    'perf/perf_exit.py',
  ]);
});

describe.skipIf(python.state === 'missing')(`driving pyperf scripts${reason}`, () => {
  const tree = copyOf(PROJECT);
  const scratch = copyOf();
  const side: Side = { name: 'head', repoRoot: tree.path, workspaceRoot: tree.path, projectRoot: tree.path };
  const env = { ASSAY_PYTHON: python.state === 'found' ? python.python : '' };
  let prepared: Prepared;

  const request = (mode: DriveRequest['mode'], benchmarks: readonly string[] = []): DriveRequest => ({
    file: 'bench_all.py',
    mode,
    benchmarks,
    iterations: Object.fromEntries(benchmarks.map((name) => [name, name.endsWith('command') ? 1 : 20])),
    warmup: Object.fromEntries(benchmarks.map((name) => [name, 1])),
    chunks: 3,
    targetChunkNs: 20_000,
    maxBenchmarkMs: 500,
    timeoutMs: 15_000,
  });

  beforeAll(async () => {
    const files = await harness.discover(tree.path, options);
    prepared = await harness.prepare(side, files, options, { run: runProcess, scratch: scratch.path, env });
  });
  afterAll(() => {
    tree.remove();
    scratch.remove();
  });

  it('says of each script whether it is ready, and why not', () => {
    expect(prepared.files.map((file) => [file.file, file.state === 'ready' ? 'ready' : file.reason])).toEqual(
      [
        ['bench_all.py', 'ready'],
        [
          'perf/perf_empty.py',
          'it names no benchmark: no method of a pyperf.Runner is called when it runs as a script',
        ],
        ['perf/perf_exit.py', 'the script ended itself: SystemExit: needs a terminal'],
      ],
    );
  });

  it('lists without running, and tells names that are there twice', async () => {
    const { outcomes, duplicates } = await prepared.drive(request('list'));
    expect(outcomes.map((one) => (one.state === 'listed' ? [one.name, one.line] : one))).toEqual([
      ['function', 33],
      ['inner loops', 34],
      ['own loop', 35],
      ['coroutine', 36],
      ['statement', 37],
      ['[1, 2, 3].sort()', 38],
      ['command', 39],
      ['failing command', 40],
      ['wrong', 41],
    ]);
    expect(duplicates).toEqual(['function']);
  });

  it('calibrates and samples every method, in operations of the inner loops', async () => {
    const names = [
      'function',
      'inner loops',
      'own loop',
      'coroutine',
      'statement',
      '[1, 2, 3].sort()',
      'command',
    ];
    const calibrated = await prepared.drive(request('calibrate', names));
    for (const outcome of calibrated.outcomes) {
      expect(outcome).toMatchObject({ state: 'calibrated' });
      const unit = { 'inner loops': 10, statement: 5 }[outcome.name] ?? 1;
      expect(outcome.state === 'calibrated' && outcome.iterations % unit).toBe(0);
    }
    const sampled = await prepared.drive(request('sample', names));
    expect(
      sampled.outcomes.map((one) =>
        one.state === 'sampled' ? [one.name, one.iterations, one.warmup.length, one.chunks.length] : one,
      ),
    ).toEqual(names.map((name) => [name, name === 'command' ? 1 : 20, 1, 3]));
    expect(sampled.loaded).toEqual([join(tree.path, 'bench_all.py')]);
  });

  it('lays failures at the door of their benchmarks', async () => {
    const { outcomes } = await prepared.drive(request('sample', ['wrong', 'failing command', 'gone']));
    expect(
      Object.fromEntries(outcomes.map((one) => [one.name, one.state === 'failed' && one.reason])),
    ).toEqual({
      wrong: 'ValueError: no (bench_all.py:25)',
      'failing command': expect.stringMatching(/^RuntimeError: the command .* failed with exit code 4/),
      gone: 'the file does not define it',
    });
  });

  it('says how to install pyperf', async () => {
    const python3 = { ASSAY_PYTHON: join(tree.path, 'bare/bin/python') };
    const made = await runProcess({
      command: env.ASSAY_PYTHON,
      args: ['-m', 'venv', '--without-pip', 'bare'],
      cwd: tree.path,
      timeoutMs: 20_000,
    });
    expect(made).toMatchObject({ state: 'exited', code: 0 });
    const context = { run: runProcess, scratch: scratch.path, env: python3 };
    const bare = await harness.prepare(side, ['bench_all.py'], options, context);
    expect(bare.files[0]).toMatchObject({
      state: 'failed',
      reason: `pyperf cannot be imported by ${python3.ASSAY_PYTHON}. Install it: ${python3.ASSAY_PYTHON} -m pip install pyperf (or, with uv: uv add --dev pyperf)`,
    });
  });
});
