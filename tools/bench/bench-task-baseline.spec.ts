import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  type BenchWorkspace,
  benchSource,
  findingOf,
  removeWorkspaces,
  verdicts,
  workSource,
  workspace,
} from './fixtures/workspace.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
afterAll(removeWorkspaces);

const FILE = 'libs/it/assay/bench.baseline.json';
const FILES = { 'libs/it/work.js': workSource(), 'libs/it/a.bench.ts': benchSource('one') };
const JUDGED = expect.stringMatching(/^(unchanged|inconclusive)$/);

function read(ws: BenchWorkspace) {
  return JSON.parse(readFileSync(join(ws.root, FILE), 'utf8'));
}

describe('a baseline', () => {
  it('is written, compared with, and merged with what a later update leaves out', async () => {
    const ws = workspace({ ...FILES, 'libs/it/b.bench.ts': benchSource('two', 'dropped') });
    ws.commit();
    const written = await ws.run({ updateBaseline: true });
    expect(written.report).toMatchObject({ verdict: 'passed', run: { mode: 'baseline' } });
    expect(written.steps.at(-1)).toBe(`wrote the figures of 3 benchmarks into ${FILE}; commit it`);
    const { machine } = written.report.environment;
    const first = read(ws);
    expect(Object.keys(first.machines)).toEqual([machine]);
    const floors = first.machines[machine].benchmarks;
    expect(Object.keys(floors)).toEqual(['a.bench.ts › one', 'b.bench.ts › dropped', 'b.bench.ts › two']);

    const { report } = await ws.run({ filter: 'one' });
    expect(verdicts(report)).toEqual({ 'a.bench.ts › one': JUDGED });
    expect(report.metrics[0]?.comparisons).toMatchObject([
      { against: 'baseline', ref: FILE, design: 'sequential', value: floors['a.bench.ts › one'].floor.value },
    ]);

    const other = { ...first.machines[machine], commit: 'theirs' };
    ws.write({ [FILE]: JSON.stringify({ ...first, machines: { ...first.machines, other } }) });
    ws.write({ 'libs/it/a.bench.ts': 'broken(', 'libs/it/b.bench.ts': benchSource('two') });
    const updated = await ws.run({ updateBaseline: true });
    expect(updated.report.verdict).toBe('failed');
    const second = read(ws);
    expect(second.machines.other).toEqual(other);
    expect(Object.keys(second.machines[machine].benchmarks)).toEqual([
      'a.bench.ts › one',
      'b.bench.ts › two',
    ]);
    expect(second.machines[machine].benchmarks['a.bench.ts › one']).toEqual(floors['a.bench.ts › one']);
  });

  it('of another machine alone decides nothing', async () => {
    const figure = { value: 900, interval: [890, 910] };
    const benchmarks = { 'a.bench.ts › one': { unit: 'ns/op', processes: 9, floor: figure, mean: figure } };
    const machines = { theirs: { takenAt: '2026-01-01', commit: 'c', runtimes: {}, benchmarks } };
    const ws = workspace({
      ...FILES,
      [FILE]: JSON.stringify({ schema: 'nx-assay/bench-baseline@1', machines }),
    });
    ws.commit();
    const { report } = await ws.run();
    expect([report.verdict, verdicts(report)]).toEqual([
      'inconclusive',
      { 'a.bench.ts › one': 'inconclusive' },
    ]);
    expect(report.metrics[0]?.comparisons[0]?.design).toBe('other-machine');
    expect(findingOf(report, 'bench/inconclusive')).toMatchObject({
      message: expect.stringContaining('another class of machine'),
      remedy: expect.stringMatching(/--base=<ref>|controls/),
    });
  });
});

describe('a baseline that cannot be read', () => {
  const CASES = [
    [
      'older',
      JSON.stringify({ schema: 'nx-assay/bench-baseline@0', machines: {} }),
      'bench/baseline-schema',
      '--update-baseline',
    ],
    [
      'in conflict',
      '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n',
      'files/conflict-markers',
      'keep one side',
    ],
    ['cut off', '{ "schema": "nx-assay/bench-baseline@1", "mach', 'files/malformed', 'restore the file'],
    ['garbage', '\u0000\uFFFD', 'files/malformed', 'restore the file'],
    ['a list', '[]', 'bench/baseline-schema', 'delete the file'],
  ] as const;

  it.each(CASES.slice(0, 2))('(%s) fails the run, with the figures of head', async (_, text, id, remedy) => {
    const ws = workspace({ ...FILES, [FILE]: text });
    ws.commit();
    const { report } = await ws.run();
    expect([report.verdict, verdicts(report)]).toEqual(['failed', { 'a.bench.ts › one': 'measured' }]);
    expect(findingOf(report, id)).toMatchObject({
      severity: 'error',
      remedy: expect.stringContaining(remedy),
    });
  });

  it.each(CASES)('(%s) is not overwritten, and told before anything is measured', async (_, text, id) => {
    const ws = workspace({ ...FILES, [FILE]: text });
    ws.commit();
    const { report } = await ws.run({ updateBaseline: true });
    expect([report.verdict, report.subjects]).toEqual(['failed', []]);
    expect(findingOf(report, id).severity).toBe('error');
    expect(readFileSync(join(ws.root, FILE), 'utf8')).toBe(text);
  });
});
