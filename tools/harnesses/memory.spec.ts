import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRunProcess } from '../kernel/process/run.ts';
import { copyOf, testPython } from '../languages/python/fixtures/environment.ts';
import goTesting from './go-testing/index.ts';
import type { Harness, Side } from './harness.ts';
import pytest from './pytest-benchmark/index.ts';
import vitest from './vitest/index.ts';

const run = createRunProcess(() => undefined);
const tree = copyOf(join(import.meta.dirname, 'fixtures'), 'memory');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-memory-')));
const python = await testPython();
const hasGo = (() => {
  try {
    execFileSync('go', ['version']);
    return true;
  } catch {
    return false;
  }
})();

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Figures and reasons of one process, by benchmark and name. */
async function told(
  harness: Harness,
  file: string,
  iterations: Readonly<Record<string, number>>,
  memory = true,
) {
  const side: Side = { name: 'head', repoRoot: tree.path, workspaceRoot: tree.path, projectRoot: tree.path };
  const scratch = join(folder, `${harness.id}-${memory}`);
  mkdirSync(scratch, { recursive: true });
  const env =
    python.state === 'found'
      ? { ASSAY_PYTHON: python.python, ASSAY_PYTHON_TREE: `${tree.path}\x1f${tree.path}` }
      : {};
  const ready = await harness.prepare(side, [file], { processTimeoutMs: 60_000 }, { run, scratch, env });
  try {
    const benchmarks = Object.keys(iterations);
    const warmup = Object.fromEntries(benchmarks.map((name) => [name, 20]));
    const result = await ready.drive({
      ...{ file, mode: 'sample', benchmarks, iterations, warmup, chunks: 10, memory },
      ...{ targetChunkNs: 1e6, maxBenchmarkMs: 5000, timeoutMs: 60_000 },
    });
    expect(result.process).toMatchObject({ state: 'exited', detail: 'exit code 0' });
    return Object.fromEntries(
      result.outcomes.map((outcome) => {
        if (outcome.state !== 'sampled') throw new Error(JSON.stringify(outcome));
        const figures = outcome.extra.map(({ name, unit, value }) => [`${name} (${unit})`, value]);
        const reasons = (outcome.missing ?? []).map(({ name, reason }) => [name, reason]);
        expect(outcome.chunks).toHaveLength(10);
        return [outcome.name, Object.fromEntries([...figures, ...reasons])];
      }),
    );
  } finally {
    await ready.dispose();
  }
}

const BYTES = 'allocated bytes per operation (B/op)';
const ALLOCATIONS = 'allocations per operation (allocs/op)';
const PEAK_OF_OPERATION = 'peak memory per operation (bytes/op)';
const PEAK = 'peak memory (bytes)';

describe('what an operation allocates', () => {
  it('TypeScript: bytes on the heap and beside it, and why not their number', async () => {
    const iterations = { kibibyte: 2000, 'beside the heap': 100, nothing: 1000, 'awaited kibibyte': 2000 };
    const found = await told(vitest, 'memory.bench.ts', iterations);
    expect(found.kibibyte?.[BYTES]).toBeGreaterThan(1024 * 0.99);
    expect(found.kibibyte?.[BYTES]).toBeLessThan(1024 * 1.01);
    expect(found['beside the heap']?.[BYTES]).toBeGreaterThan(65_536);
    expect(found['beside the heap']?.[BYTES]).toBeLessThan(66_500);
    expect(found.nothing?.[BYTES]).toBe(0);
    expect(found['awaited kibibyte']?.[BYTES]).toBeGreaterThan(1024);
    expect(found.nothing?.['allocations per operation']).toBe('the engine counts bytes and not objects');
    expect(found.nothing?.[PEAK]).toBeGreaterThan(20e6);
  });

  it.skipIf(python.state !== 'found')('Python: exactly', async () => {
    const names = ['test_kibibyte', 'test_nothing', 'test_two_at_once', 'test_one_after_the_other'];
    const found = await told(pytest, 'test_memory.py', Object.fromEntries(names.map((name) => [name, 500])));
    expect(found.test_kibibyte).toMatchObject({ [BYTES]: 1024, [ALLOCATIONS]: 1 });
    expect(found.test_two_at_once).toMatchObject({ [BYTES]: 2048, [ALLOCATIONS]: 2 });
    expect(found.test_one_after_the_other).toMatchObject({ [BYTES]: 2048, [ALLOCATIONS]: 2 });
    // Beside what the loop around it needs.
    const peaks = names.map((name) => Math.floor(Number(found[name]?.[PEAK_OF_OPERATION]) / 1024));
    expect(peaks).toEqual([1, 0, 2, 1]);
    expect(found.test_nothing?.[PEAK]).toBeGreaterThan(5e6);
  });

  it.skipIf(python.state !== 'found')(
    'Python: a copy that dies or hangs takes nothing else away',
    async () => {
      const iterations = { test_ends_in_a_copy: 100, test_hangs_in_a_copy: 100, test_kibibyte: 100 };
      const found = await told(pytest, 'test_memory.py', iterations);
      const reason = 'a copy of the process did not get through it';
      expect(found.test_ends_in_a_copy?.['allocated bytes per operation']).toBe(reason);
      expect(found.test_hangs_in_a_copy?.['allocations per operation']).toBe(reason);
      expect(found.test_hangs_in_a_copy?.[PEAK]).toBeGreaterThan(5e6);
      expect(found.test_kibibyte).toMatchObject({ [BYTES]: 1024, [ALLOCATIONS]: 1 });
    },
  );

  it.skipIf(!hasGo)('Go: exactly', async () => {
    const found = await told(goTesting, 'memory_test.go', {
      BenchmarkKibibyte: 2000,
      BenchmarkNothing: 1000,
    });
    expect(found.BenchmarkKibibyte).toMatchObject({ [BYTES]: 1024, [ALLOCATIONS]: 1 });
    expect(found.BenchmarkNothing).toMatchObject({ [BYTES]: 0, [ALLOCATIONS]: 0 });
    if (process.platform === 'linux') expect(found.BenchmarkNothing?.[PEAK]).toBeGreaterThan(1e6);
  });

  it('tells nothing of it unless asked', async () => {
    expect(await told(vitest, 'memory.bench.ts', { kibibyte: 100 }, false)).toEqual({ kibibyte: {} });
  });
});
