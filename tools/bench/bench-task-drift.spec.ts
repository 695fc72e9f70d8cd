import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  benchSource,
  findingOf,
  leftInTemp,
  policy,
  removeWorkspaces,
  verdicts,
  workSource,
  workspace,
} from './fixtures/workspace.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
afterAll(removeWorkspaces);

const FILES = { 'libs/it/work.js': workSource(), 'libs/it/a.bench.ts': benchSource('one') };
const asked = { asked: true, otherBase: false, defaultBranch: 'main' } as const;
const byPolicy = { ...asked, asked: false };

describe('drift against the last release', () => {
  it('names the tag, how far it lies back, and the interval', async () => {
    const ws = workspace(FILES);
    const released = ws.commit();
    ws.git('tag', 'v1.2.0');
    ws.write({ 'libs/it/work.js': workSource(3) });
    ws.commit();
    ws.write({ 'notes.txt': 'a' });
    ws.commit();
    const { report } = await ws.run({ drift: asked }, 15);
    expect(verdicts(report)).toEqual({ 'a.bench.ts › one': 'regressed' });
    expect(report).toMatchObject({ verdict: 'failed', run: { mode: 'compare', base: released } });
    expect(report.metrics[0]?.comparisons[0]).toMatchObject({ against: 'release', ref: 'v1.2.0' });
    const drifted = findingOf(report, 'bench/drifted');
    expect(drifted.message).toMatch(
      /^one takes \d+\.\d % more .*time than at v1\.2\.0, 2 commits ago: .* interval/,
    );
    expect(drifted.reproduce).toContain('--drift');
    expect(findingOf(report, 'bench/history-notes').message).toContain('no recorded figures yet');
    expect(leftInTemp()).toEqual([]);
  });

  it('is nothing where the code is that of the release', async () => {
    const ws = workspace(FILES);
    ws.commit();
    ws.git('tag', 'v1');
    ws.write({ 'notes.txt': 'a' });
    ws.commit();
    const { report } = await ws.run({ drift: asked });
    expect(report).toMatchObject({ verdict: 'passed', subjects: [] });
    expect(report.summary).toMatch(/^identical/);
  });

  it('cannot be had without a tag: asked for an error, by policy a warning', async () => {
    const ws = workspace({
      ...FILES,
      'assay/policy.json': policy(2, { drift: { tag: 'release-*' } }),
    });
    ws.commit();
    ws.git('tag', 'v1');
    const refused = await ws.run({ drift: asked });
    expect(refused.report.verdict).toBe('failed');
    expect(findingOf(refused.report, 'bench/no-release-tag').message).toContain("'release-*'");
    const warned = await ws.run({ drift: byPolicy }, 25, { CI: 'true' });
    expect(findingOf(warned.report, 'bench/no-release-tag').severity).toBe('warning');
    expect(verdicts(warned.report)).toEqual({ 'a.bench.ts › one': 'measured' });
  });

  it('is what policy wants of the default branch in CI, and of nothing else', async () => {
    const ws = workspace({ ...FILES, 'assay/policy.json': policy(0.3, { drift: { margin: 0.1 } }) });
    const released = ws.commit();
    ws.git('tag', 'v1');
    ws.write({ 'notes.txt': 'a' });
    ws.commit();
    const { report } = await ws.run({ drift: byPolicy }, 40, { CI: 'true' });
    expect(report.run.base).toBe(released);
    const named = await ws.run({ drift: { ...byPolicy, otherBase: true } }, 40, { CI: 'true' });
    const outside = await ws.run({ drift: byPolicy }, 40);
    const branch = await ws.run({ drift: { ...byPolicy, defaultBranch: 'trunk' } }, 40, { CI: 'true' });
    for (const other of [named, outside, branch]) expect(other.report.run.mode).toBe('check');
  });
});

describe('drift along the history', () => {
  it('keeps the points beside the Report, today at their end', async () => {
    const ws = workspace(FILES);
    ws.commit();
    ws.git('tag', 'v1');
    await ws.run({ updateBaseline: true });
    ws.write({ 'libs/it/work.js': workSource(1.01) });
    const head = ws.commit();
    const { report, folder } = await ws.run({ drift: asked }, 40);
    const file = join(ws.root, folder, 'history.json');
    expect(report.exhibits).toMatchObject([{ kind: 'series', artifact: `${folder}/history.json` }]);
    expect(existsSync(file)).toBe(true);
    const { series } = JSON.parse(readFileSync(file, 'utf8'));
    expect(series[0].points).toHaveLength(2);
    expect(series[0].points[1].commit).toBe(head);
    expect(series[0].drift).toMatchObject({ state: 'too-few', needed: 8 });
    expect(findingOf(report, 'bench/history-notes').message).toContain('2 at most; 8 of one class');
  });

  it('that was named and is not there is an error; the comparison stands', async () => {
    const ws = workspace(FILES);
    ws.commit();
    ws.git('tag', 'v1');
    ws.write({ 'notes.txt': 'a' });
    ws.commit();
    const { report } = await ws.run({ drift: { ...asked, history: 'nowhere' } });
    expect(report.verdict).toBe('failed');
    expect(findingOf(report, 'bench/history-missing').severity).toBe('error');
  });
});
