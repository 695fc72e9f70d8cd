import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import {
  benchSource,
  findingOf,
  leftInTemp,
  removeWorkspaces,
  verdicts,
  workSource,
  workspace,
} from './fixtures/workspace.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
afterAll(removeWorkspaces);

const FILES = { 'libs/it/work.js': workSource(), 'libs/it/a.bench.ts': benchSource('one') };
const COMPARED = expect.stringMatching(/^(unchanged|inconclusive)$/);

it.each([
  ['no-such-branch', 'git/no-such-ref', '--base=<ref>'],
  ['--upload-pack=x', 'git/invalid-ref', '--base=origin/main'],
  ['HEAD~7', 'git/no-such-ref', 'Check the spelling'],
])('a base %s ends the run with %s', async (ref, id, remedy) => {
  const ws = workspace(FILES);
  ws.commit();
  const { report } = await ws.run({ base: { state: 'ref', ref } });
  expect([report.verdict, report.subjects, report.run.mode]).toEqual(['failed', [], 'compare']);
  expect(findingOf(report, id)).toMatchObject({ severity: 'error', remedy: expect.stringContaining(remedy) });
  expect(report.summary).toBe(findingOf(report, id).message);
});

it('a base beyond the depth of a shallow clone names the fetch that helps', async () => {
  const ws = workspace(FILES);
  ws.commit();
  ws.write({ 'libs/it/work.js': workSource(2) });
  ws.commit();
  const clone = workspace({});
  clone.git('fetch', '-q', '--depth=1', pathToFileURL(ws.root).href, 'main');
  clone.git('checkout', '-q', '-f', '--detach', 'FETCH_HEAD');
  const { report } = await clone.run({ base: { state: 'ref', ref: 'HEAD~1' } });
  expect(report.verdict).toBe('failed');
  expect(findingOf(report, 'git/shallow').remedy).toContain('git fetch --unshallow');
});

it('a base that CI expected and that could not be had leaves head measured', async () => {
  const ws = workspace(FILES);
  ws.commit();
  const { report } = await ws.run({ base: { state: 'unresolved', reason: 'there is no origin/main.' } });
  expect([report.verdict, verdicts(report)]).toEqual(['inconclusive', { 'a.bench.ts › one': 'measured' }]);
  expect(findingOf(report, 'base/unresolved')).toMatchObject({
    severity: 'warning',
    message: 'There is no base to compare with: there is no origin/main.',
    remedy: expect.stringContaining('fetch-depth: 0'),
  });
});

it('a detached head is compared as any other', async () => {
  const ws = workspace(FILES);
  const base = ws.commit();
  ws.write({ 'libs/it/work.js': workSource(1.01) });
  const head = ws.commit();
  ws.git('checkout', '-q', '--detach');
  const { report } = await ws.run({ base: { state: 'ref', ref: base.slice(0, 9) } }, 40);
  expect(report.run).toMatchObject({ branch: '', base });
  expect(report.environment.commit).toBe(head);
  expect(verdicts(report)).toEqual({ 'a.bench.ts › one': COMPARED });
});

it.each([
  ['outside of git', false, 'git/not-a-repository', 'git init'],
  ['without a commit', true, 'git/no-commits', 'Commit first'],
])('a workspace %s can be measured and not compared', async (_, git, id, remedy) => {
  const ws = workspace(FILES, { git });
  const alone = await ws.run();
  expect([alone.report.verdict, verdicts(alone.report)]).toEqual([
    'passed',
    { 'a.bench.ts › one': 'measured' },
  ]);
  const compared = await ws.run({ base: { state: 'ref', ref: 'main' } });
  expect([compared.report.verdict, compared.report.subjects]).toEqual(['failed', []]);
  expect(findingOf(compared.report, id).remedy).toContain(remedy);
});

it('a path with blanks, quotes and a line end, and a project of any name', async () => {
  const ws = workspace(FILES, { name: `it's "a"\n$(touch x) ws` });
  ws.commit();
  ws.write({ 'libs/it/work.js': workSource(1.01) });
  const project = { name: '@shop/../it "x"\n', root: 'libs/it', tags: [] };
  const { report, folder } = await ws.run({ base: { state: 'ref', ref: 'HEAD' }, project }, 40);
  expect(verdicts(report)).toEqual({ 'a.bench.ts › one': COMPARED });
  expect(report.project).toBe(project.name);
  expect(folder).toBe('.assay/bench/%40shop%2F..%2Fit%20%22x%22%0A');
  expect(existsSync(join(ws.root, folder, 'report.json'))).toBe(true);
  expect(existsSync(join(ws.root, 'x'))).toBe(false);
  expect(ws.git('worktree', 'list', '--porcelain').match(/^worktree /gm)).toHaveLength(1);
  expect(leftInTemp()).toEqual([]);
});

it('a workspace below the root of its repository, under a worktree of the user', async () => {
  const ws = workspace({ 'inner/README.md': 'x' });
  for (const folder of ['libs', 'assay']) writeFileSync(join(ws.root, 'inner', folder), '');
  const inner = workspace(FILES, { git: false });
  for (const folder of ['libs', 'assay']) {
    cpSync(join(inner.root, folder), join(ws.root, `sub/${folder}`), { recursive: true });
  }
  ws.commit();
  ws.git('worktree', 'add', '-q', '../other', '-b', 'other');
  ws.write({ 'sub/libs/it/work.js': workSource(1.01) });
  const before = ws.git('worktree', 'list', '--porcelain');
  const { report } = await ws.run(
    { workspaceRoot: join(ws.root, 'sub'), base: { state: 'ref', ref: 'HEAD' } },
    40,
  );
  expect(verdicts(report)).toEqual({ 'a.bench.ts › one': COMPARED });
  expect(ws.git('worktree', 'list', '--porcelain')).toBe(before);
});
