import { beforeAll, describe, expect, inject, it } from 'vitest';
import { findingIds, verdictOf } from '../harness/verdict.ts';
import { createWorkspace, edit, git, nx, read, report, type Workspace, write } from '../harness/workspace.ts';

const host = inject('host');
const file = 'packages/other/assay/bench.baseline.json';

let ws: Workspace;
let written: string;
beforeAll(async () => {
  ws = await createWorkspace(host);
});

const bench = (...args: string[]) => nx(ws, ['run', 'other:bench', '--budget=4s', ...args]);
const comparison = () =>
  report(ws, 'other')
    .metrics.flatMap(({ comparisons }) => comparisons)
    .find(({ against }) => against === 'baseline');

describe('a baseline', () => {
  it('is written where it is asked for, and only there', async () => {
    await bench();
    expect(await git(ws, 'status', '--porcelain')).toBe('');
    const result = await bench('--updateBaseline');
    expect(result.code, result.output).toBe(0);
    expect(await git(ws, 'status', '--porcelain', '-uall')).toBe(`?? ${file}`);
    written = read(ws, file);
    expect(written).toContain('countWords');
  });

  it('is compared with, as what it is: another time', async () => {
    const result = await bench();
    expect(result.code, result.output).toBe(0);
    expect(report(ws, 'other').run.mode).toBe('check');
    expect(comparison()).toMatchObject({ design: 'sequential', ref: file });
  });

  it('from another machine is said to be that, and decides nothing by itself', async () => {
    const { machines, ...rest } = JSON.parse(written) as { machines: Record<string, unknown> };
    write(ws, file, { ...rest, machines: { 'another machine': Object.values(machines)[0] } });
    const result = await bench();
    expect(result.code, result.output).toBe(0);
    expect(comparison()).toMatchObject({ design: 'other-machine' });
    expect(verdictOf(report(ws, 'other'), 'countWords')).not.toBe('unchanged');
  });

  it.each([
    [
      'of an older schema',
      /"schema":\s*"[^"]+"/,
      '"schema": "nx-assay/bench-baseline@0"',
      'bench/baseline-schema',
    ],
    ['with conflict markers', /^/, '<<<<<<< HEAD\n', 'files/conflict-markers'],
    ['cut off', /[\s\S]{40}$/, '', 'files/malformed'],
  ])('%s is an error with its remedy, and stays as it is', async (_, from, to, id) => {
    write(ws, file, written);
    edit(ws, file, from, to);
    const broken = read(ws, file);
    const result = await bench();
    expect(findingIds(report(ws, 'other')), result.output).toContain(id);
    expect(report(ws, 'other').verdict).toBe('failed');
    expect(result.code).toBe(1);
    expect(read(ws, file)).toBe(broken);
  });
});
