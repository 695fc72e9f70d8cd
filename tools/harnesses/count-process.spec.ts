import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRunProcess } from '../kernel/process/run.ts';
import { copyOf, testPython } from '../languages/python/fixtures/environment.ts';
import { findCounter } from './counter.ts';
import goTesting from './go-testing/index.ts';
import type { CountResult, Harness, Side } from './harness.ts';
import pyperf from './pyperf/index.ts';
import vitest from './vitest/index.ts';

const run = createRunProcess(() => undefined);
const tree = copyOf(join(import.meta.dirname, 'fixtures'), 'count');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-count-')));
const found = await findCounter(run, folder);
const python = await testPython();
const go = await run({ command: 'go', args: ['version'], cwd: folder, timeoutMs: 20_000 });
const why = found.state === 'missing' ? ` (skipped: ${found.reason})` : '';

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  tree.remove();
});

const PATIENCE_MS = 240_000;

async function prepare({ id, prepare }: Harness, file: string) {
  if (found.state === 'missing') throw new Error(found.reason);
  const side: Side = { name: 'head', repoRoot: tree.path, workspaceRoot: tree.path, projectRoot: tree.path };
  const scratch = join(folder, id);
  mkdirSync(scratch, { recursive: true });
  const env = python.state === 'found' ? { ASSAY_PYTHON: python.python } : {};
  const prepared = await prepare(side, [file], { processTimeoutMs: 60_000 }, { run, scratch, env });
  expect(prepared.files).toMatchObject([{ state: 'ready' }]);
  const count = (benchmark: string, warmup: number, operations: number, timeoutMs = PATIENCE_MS) =>
    prepared.count!({
      ...{ file, benchmark, warmup, operations },
      ...{ counter: found.counter, timeoutMs },
    });
  return { prepared, scratch, count };
}

/** Instructions of one operation between two points. */
function slope([first, second]: readonly CountResult[]): number {
  if (first?.state !== 'counted' || second?.state !== 'counted') {
    throw new Error(JSON.stringify([first, second]));
  }
  return (second.instructions - first.instructions) / (second.operations - first.operations);
}

describe.skipIf(found.state === 'missing')(`counting under valgrind${why}`, () => {
  it(
    'counts compiled JavaScript, not interpreted',
    async () => {
      const { count, prepared } = await prepare(vitest, 'add.bench.ts');
      const points = await Promise.all([count('add', 30_000, 1000), count('add', 30_000, 5000)]);
      await prepared.dispose();
      // 200 additions: about a thousand instructions compiled, some ten thousand interpreted.
      expect(slope(points)).toBeGreaterThan(200);
      expect(slope(points)).toBeLessThan(3000);
    },
    PATIENCE_MS,
  );

  it.skipIf(python.state === 'missing')(
    'counts Python to the instruction, and no other process',
    async () => {
      const { count, scratch } = await prepare(pyperf, 'bench_add.py');
      const points = [await count('add', 100, 100), await count('add', 100, 600)];
      const again = [await count('add', 100, 100), await count('add', 100, 600)];
      expect(slope(points)).toBeGreaterThan(100 * 10);
      expect(slope(again) / slope(points)).toBeCloseTo(1, 3);
      expect(await count('command', 0, 1)).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('it runs other processes, whose instructions are not its own'),
      });
      expect(readdirSync(scratch).filter((name) => /count|request|events/.test(name))).toEqual([]);
    },
    PATIENCE_MS,
  );

  it.skipIf(go.state !== 'exited')(
    'counts Go, whose heap is at one address',
    async () => {
      const { count, prepared } = await prepare(goTesting, 'add_test.go');
      const points = [await count('BenchmarkAdd', 1000, 1000), await count('BenchmarkAdd', 1000, 31_000)];
      await prepared.dispose();
      expect(slope(points)).toBeGreaterThan(2000);
      expect(slope(points)).toBeLessThan(10_000);
    },
    PATIENCE_MS,
  );

  it.skipIf(go.state !== 'exited')(
    'tells what is not there and what does not end, and leaves nothing behind',
    async () => {
      const { count, prepared, scratch } = await prepare(goTesting, 'add_test.go');
      const reason = 'the file does not define it';
      expect(await count('BenchmarkGone', 1, 1)).toMatchObject({ state: 'failed', reason });
      expect(await count('BenchmarkAdd', 1e9, 1, 1500)).toMatchObject({
        state: 'failed',
        reason: 'it took longer than 1.5 s under valgrind',
      });
      await prepared.dispose();
      expect(readdirSync(scratch)).toEqual([]);
    },
    PATIENCE_MS,
  );
});
