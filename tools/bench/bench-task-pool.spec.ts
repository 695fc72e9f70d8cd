import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import type { BenchmarkSamples } from '../compare/types.ts';
import {
  type BenchWorkspace,
  benchSource,
  policy,
  removeWorkspaces,
  verdicts,
  workSource,
  workspace,
} from './fixtures/workspace.ts';
import type { Pool } from './pool.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
afterAll(removeWorkspaces);

const base = { state: 'ref', ref: 'HEAD' } as const;

function poolOf(ws: BenchWorkspace): Pool | undefined {
  const path = join(ws.root, '.assay/pool/bench-it.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function attempts(samples: readonly BenchmarkSamples[] = []): unknown {
  return Object.fromEntries(
    samples.map(({ subject, batches }) => [subject, [...new Set(batches.map(({ attempt }) => attempt))]]),
  );
}

it('pools an undecided pair from run to run, keeps what a filter leaves out, and forgets other pairs', async () => {
  const ws = workspace({ 'libs/it/work.js': workSource(), 'libs/it/a.bench.ts': benchSource('one', 'two') });
  ws.commit();
  ws.write({ 'libs/it/work.js': workSource(1.01) });
  const first = await ws.run({ base }, 40);
  expect(first.report).toMatchObject({ verdict: 'inconclusive', run: { attempt: 1 } });
  expect(poolOf(ws)?.attempts).toBe(1);

  const second = await ws.run({ base, filter: 'one' }, 40);
  expect(second.report).toMatchObject({ verdict: 'inconclusive', run: { attempt: 2 } });
  expect(attempts(poolOf(ws)?.samples)).toEqual({ 'a.bench.ts › one': [1, 2], 'a.bench.ts › two': [1] });
  const { benchmarks } = JSON.parse(readFileSync(join(ws.root, second.folder, 'samples.json'), 'utf8'));
  expect(attempts(benchmarks)).toEqual({ 'a.bench.ts › one': [1, 2] });

  ws.write({ 'libs/it/work.js': workSource(1.02) });
  const other = await ws.run({ base, filter: 'one' }, 40);
  expect(other.report.run.attempt).toBe(1);
  expect(attempts(poolOf(ws)?.samples)).not.toHaveProperty('a.bench.ts › two');
});

it('drops the pool where the pair is decided', async () => {
  const ws = workspace({
    'assay/policy.json': policy(2, { margin: 10 }),
    'libs/it/work.js': workSource(),
    'libs/it/a.bench.ts': benchSource('one'),
  });
  ws.commit();
  ws.write({ 'libs/it/work.js': workSource(1.01) });
  const few = await ws.run({ base }, 40);
  expect([few.report.verdict, poolOf(ws)?.attempts]).toEqual(['inconclusive', 1]);
  // A clock that hardly moves: as many pairs as it takes.
  const { report } = await ws.run({ base }, 8);
  expect(verdicts(report)).toEqual({ 'a.bench.ts › one': 'unchanged' });
  expect([report.verdict, report.run.attempt, poolOf(ws)]).toEqual(['passed', 2, undefined]);
});

it.each(['{', '{"schema":"nx-assay/bench-pool@1"}'])('a damaged pool (%s) is none', async (text) => {
  const ws = workspace({
    'libs/it/work.js': workSource(),
    'libs/it/a.bench.ts': benchSource('one'),
    '.assay/pool/bench-it.json': text,
  });
  ws.commit();
  const { report } = await ws.run({ aa: true }, 40);
  expect(report.run.attempt).toBe(1);
});
