import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { machineClass } from '../kernel/environment/index.ts';
import { renderTerminal } from '../views/terminal/report.ts';
import { told } from './fixtures/told.ts';
import {
  benchSource,
  findingOf,
  leftInTemp,
  policy,
  removeWorkspaces,
  workSource,
  workspace,
} from './fixtures/workspace.ts';
import { compared } from './report/fixtures/outcomes.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
vi.mock('./measure/measure-project.ts', () => import('./fixtures/told.ts'));
afterAll(removeWorkspaces);

const SUBJECT = 'src/a.bench.ts › one';
const FILES = { 'libs/it/src/work.js': workSource(), 'libs/it/src/a.bench.ts': benchSource('one') };
const SLOWER = { 'libs/it/src/work.js': workSource(2) };
const asked = { asked: true, otherBase: false, defaultBranch: 'main' } as const;
const byPolicy = { ...asked, asked: false };
const CI = { CI: 'true' };

beforeEach(() => {
  told.outcomes = [compared('one', 'regressed', 1.3)];
});

function released(files: Readonly<Record<string, string>> = {}) {
  const ws = workspace({ ...FILES, ...files });
  const release = ws.commit();
  ws.git('tag', 'v1.2.0');
  return { ...ws, release };
}

describe('drift against the last release', () => {
  it('names the tag, how far it lies back, and the interval', async () => {
    const ws = released();
    ws.write(SLOWER);
    ws.commit();
    ws.write({ 'notes.txt': 'a' });
    ws.commit();
    const { report } = await ws.run({ drift: asked });
    expect(report).toMatchObject({ verdict: 'failed', run: { mode: 'compare', base: ws.release } });
    expect(report.run.baseContent).toBeUndefined();
    expect(report.metrics[0]?.comparisons[0]).toMatchObject({ against: 'release', ref: 'v1.2.0' });
    const drifted = findingOf(report, 'bench/drifted');
    expect(drifted.message).toBe(
      'one takes 30.0 % more time than at v1.2.0, 2 commits ago: 100 ns → 130 ns, 99 % interval +29.0 % to +31.0 %, p = 0.00010 where 0.00025 was allowed, 20 pairs of fresh processes. The margin of drift is 5.0 %.',
    );
    expect(drifted.reproduce).toContain('--drift');
    expect(renderTerminal(report, { width: 120, colour: false })).toContain('against release v1.2.0');
    expect(leftInTemp()).toEqual([]);
  });

  it('is nothing where the code is that of the release', async () => {
    const ws = released();
    ws.write({ 'notes.txt': 'a' });
    ws.commit();
    const { report } = await ws.run({ drift: asked });
    expect(report.summary).toMatch(/^identical/);
    expect(report).toMatchObject({ verdict: 'passed', subjects: [] });
  });

  it('cannot be had without a tag: asked for an error, by policy a warning', async () => {
    const ws = released({ 'assay/policy.json': policy(2, { drift: { tag: 'release-*' } }) });
    ws.write(SLOWER);
    const refused = await ws.run({ drift: asked });
    expect(refused.report.verdict).toBe('failed');
    expect(findingOf(refused.report, 'bench/no-release-tag').message).toContain("'release-*'");
    told.outcomes = [compared('one', 'unchanged')];
    const base = { state: 'ref', ref: 'HEAD' } as const;
    const warned = await ws.run({ base, drift: byPolicy }, 25, CI);
    expect(findingOf(warned.report, 'bench/no-release-tag').severity).toBe('warning');
    expect(warned.report.metrics[0]?.comparisons[0]).toMatchObject({ against: 'base' });
    const other = await ws.run({ drift: { ...asked, tag: 'v*' } });
    expect(other.report.metrics[0]?.comparisons[0]).toMatchObject({ against: 'release' });
  });

  it('is what policy wants of the default branch in CI, and of nothing else', async () => {
    const ws = released({ 'assay/policy.json': policy(2, { drift: { margin: 0.1 } }) });
    ws.write({ 'notes.txt': 'a' });
    ws.commit();
    const { report } = await ws.run({ drift: byPolicy }, 25, CI);
    expect(report.run.base).toBe(ws.release);
    told.outcomes = [];
    const named = await ws.run({ drift: { ...byPolicy, otherBase: true } }, 25, CI);
    const outside = await ws.run({ drift: byPolicy });
    const branch = await ws.run({ drift: { ...byPolicy, defaultBranch: 'trunk' } }, 25, CI);
    const baseline = await ws.run({ drift: byPolicy, updateBaseline: true }, 25, CI);
    for (const other of [named, outside, branch, baseline]) expect(other.report.run.base).toBeUndefined();
  });

  it('judges by a margin of its own, also where a benchmark has one against the base', async () => {
    const budgets = [{ benchmark: 'one', margin: 0.5, max: '1s' }];
    const ws = released({ 'libs/it/assay/bench.json': JSON.stringify({ budgets, margin: 0.3 }) });
    ws.write(SLOWER);
    const { report } = await ws.run({ drift: asked });
    expect(report.metrics[0]?.comparisons.map(({ against }) => against)).toEqual(['release', 'budget']);
    expect(findingOf(report, 'bench/drifted').message).toContain('margin of drift is 5.0 %');
  });
});

describe('drift along the history', () => {
  it('of a creeping baseline is a finding that fails nothing, with its points beside the Report', async () => {
    const ws = released();
    const { machine } = machineClass();
    for (let i = 0; i < 21; i++) {
      ws.write({ 'libs/it/notes': String(i) });
      const commit = ws.commit();
      const value = 100 * 1.01 ** i * (1 + ((i * 7) % 5) / 2000);
      const recorded = { value, interval: [value * 0.99, value * 1.01] };
      const entry = { unit: 'ns/op', processes: 20, floor: recorded, mean: recorded };
      const takenAt = new Date(Date.UTC(2026, 0, 1 + i)).toISOString();
      const section = { takenAt, commit, runtimes: {}, benchmarks: { [SUBJECT]: entry } };
      const baseline = { schema: 'nx-assay/bench-baseline@1', machines: { [machine]: section } };
      ws.write({ 'libs/it/assay/bench.baseline.json': JSON.stringify(baseline) });
      ws.commit();
    }
    told.outcomes = [compared('one', 'unchanged', 1.25)];
    const { report, folder } = await ws.run({ drift: asked });
    expect(report.verdict).toBe('passed');
    const drifting = findingOf(report, 'bench/drifting');
    expect(drifting.severity).toBe('warning');
    expect(drifting.message).toMatch(
      /^one has become \+2\d\.\d % slower along its history of 22 points.*slow slope/,
    );
    expect(report.metrics[0]?.comparisons[1]).toMatchObject({ against: 'history', verdict: 'regressed' });
    expect(report.exhibits).toMatchObject([{ kind: 'series', artifact: `${folder}/history.json` }]);
    const { series } = JSON.parse(readFileSync(join(ws.root, folder, 'history.json'), 'utf8'));
    expect(series[0]).toMatchObject({ subject: SUBJECT, drift: { state: 'drifted', shape: 'slope' } });
    expect(series[0].points).toHaveLength(22);
  });

  it('that was named and is not there is an error; the comparison stands', async () => {
    const ws = released();
    ws.write(SLOWER);
    const { report } = await ws.run({ drift: { ...asked, history: 'nowhere' } });
    expect(report.verdict).toBe('failed');
    expect(findingOf(report, 'bench/history-missing').severity).toBe('error');
    expect(findingOf(report, 'bench/drifted').subject).toBe(SUBJECT);
  });
});

describe('--explain', () => {
  it('lists what is not committed, and bisects nothing then; says nothing where nothing regressed', async () => {
    const ws = released();
    ws.write(SLOWER);
    const base = { state: 'ref', ref: 'HEAD' } as const;
    const { report } = await ws.run({ base, explain: 'bisect' });
    expect(findingOf(report, 'bench/explained').table?.rows[0]?.[0]).toBe('not committed');
    expect(findingOf(report, 'bench/bisect-uncommitted').severity).toBe('warning');
    told.outcomes = [compared('one', 'unchanged')];
    const none = await ws.run({ base, explain: 'commits' });
    expect(none.report.findings.filter(({ id }) => id === 'bench/explained')).toEqual([]);
  });
});
