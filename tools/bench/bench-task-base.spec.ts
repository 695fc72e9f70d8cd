import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  type BenchWorkspace,
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
const HEAD = { state: 'ref', ref: 'HEAD' } as const;
const COMPARED = expect.stringMatching(/^(unchanged|inconclusive)$/);

/** All files but those of git and of the results, with content, mode and time of change. */
function tree(root: string): unknown {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\/\.(?:git|assay)\//.test(path.slice(root.length)))
    .sort()
    .map((path) => {
      const { mode, mtimeMs } = statSync(path);
      return [path, readFileSync(path, 'base64'), mode, mtimeMs];
    });
}

function gitState(ws: BenchWorkspace): unknown {
  return [
    ['status', '--porcelain=v2', '--branch'],
    ['worktree', 'list', '--porcelain'],
    ['for-each-ref'],
    ['ls-files', '--stage'],
    ['stash', 'list'],
  ].map((args) => ws.git(...args));
}

describe('what is compared', () => {
  it('nothing, where the tree is that of the base; all the same by force', async () => {
    const ws = workspace(FILES);
    const commit = ws.commit();
    const { report } = await ws.run({ base: HEAD });
    expect(report).toMatchObject({
      verdict: 'passed',
      subjects: [],
      run: { mode: 'compare', base: commit },
      summary: expect.stringMatching(/^identical to the base/),
    });
    const forced = await ws.run({ base: HEAD, force: true }, 40);
    expect(verdicts(forced.report)).toEqual({ 'a.bench.ts › one': COMPARED });
    expect(forced.report.metrics[0]?.comparisons[0]).toMatchObject({ against: 'base', ref: commit });
    expect(leftInTemp()).toEqual([]);
  });

  it('a dirty tree with its commit, and leaves both as they were', async () => {
    const ws = workspace({ ...FILES, 'notes.txt': 'a' });
    ws.commit();
    ws.write({ 'libs/it/work.js': workSource(1.01), 'libs/it/untracked.txt': 'x', 'notes.txt': 'b' });
    ws.git('add', 'notes.txt');
    const before = [tree(ws.root), gitState(ws)];
    const { report } = await ws.run({ base: HEAD }, 40);
    expect(report.environment.dirty).toBe(true);
    expect(verdicts(report)).toEqual({ 'a.bench.ts › one': COMPARED });
    expect(report.metrics[0]?.comparisons[0]).toMatchObject({ design: 'interleaved' });
    expect([tree(ws.root), gitState(ws)]).toEqual(before);
    expect(leftInTemp()).toEqual([]);
  });

  it('head alone, where only benchmark files changed: both sides would run the same', async () => {
    const ws = workspace(FILES);
    ws.commit();
    ws.write({ 'libs/it/a.bench.ts': benchSource('one', 'two') });
    const { report } = await ws.run({ base: HEAD });
    expect(report.verdict).toBe('passed');
    expect(verdicts(report)).toEqual({ 'a.bench.ts › one': 'measured', 'a.bench.ts › two': 'measured' });
  });

  it('head with itself, for what this machine calls noise', async () => {
    const ws = workspace(FILES);
    ws.commit();
    const { report } = await ws.run({ aa: true }, 40);
    expect(report.run.mode).toBe('aa');
    expect(verdicts(report)).toEqual({ 'a.bench.ts › one': COMPARED });
  });

  it('what a built side is equal in, not at all', async () => {
    const ws = workspace({ ...FILES, 'libs/it/README.md': 'a' });
    ws.commit();
    ws.write({ 'libs/it/README.md': 'b' });
    const { report } = await ws.run({ base: HEAD });
    expect(report.verdict).toBe('passed');
    expect(verdicts(report)).toEqual({ 'a.bench.ts › one': 'identical' });
  });
});

describe('a base that lacks something', () => {
  it('a benchmark that it refuses is new; one that kills its process there is not', async () => {
    const check = `import { work } from './work.js';\nimport * as all from './work.js';\n`;
    const ws = workspace(FILES);
    ws.commit();
    ws.write({
      'libs/it/work.js': `${workSource()}export const added = () => work(400);\n`,
      'libs/it/a.bench.ts': `import { bench } from 'vitest';\n${check}bench('one', () => work(400));
bench('uses new code', () => all.added());
bench('breaks down', () => { if (!('added' in all)) process.kill(process.pid, 'SIGKILL'); return work(400); });
`,
    });
    const { report } = await ws.run({ base: HEAD }, 40);
    expect(verdicts(report)).toEqual({
      'a.bench.ts › one': COMPARED,
      'a.bench.ts › uses new code': 'new',
      'a.bench.ts › breaks down': 'inconclusive',
    });
    expect(report.verdict).toBe('inconclusive');
    expect(findingOf(report, 'bench/new')).toMatchObject({
      severity: 'info',
      subject: 'a.bench.ts › uses new code',
      message: expect.stringContaining('it fails on the base: TypeError'),
      remedy: expect.stringContaining('Nothing to do'),
    });
    expect(findingOf(report, 'bench/inconclusive').message).toContain(
      'breaks down: it fails on the base: the process was killed',
    );
  });

  it('a file that it has and cannot build makes no pass of the rest', async () => {
    const ws = workspace({ ...FILES, 'libs/it/b.bench.ts': benchSource('other') });
    ws.commit();
    ws.write({
      'libs/it/added.js': workSource(),
      'libs/it/work.js': workSource(1.01),
      'libs/it/a.bench.ts': benchSource('one').replace('./work.js', './added.js'),
    });
    const { report } = await ws.run({ base: HEAD }, 40);
    expect(report.verdict).toBe('inconclusive');
    expect(verdicts(report)).toEqual({ 'a.bench.ts › one': 'new', 'b.bench.ts › other': COMPARED });
    expect(findingOf(report, 'base/does-not-build')).toMatchObject({
      severity: 'warning',
      message:
        'a.bench.ts does not build on the base: it does not build: Could not resolve "./added.js" (libs/it/a.bench.ts:2).',
      remedy: expect.stringContaining('"setup"'),
    });
  });

  it('neither does one where nothing builds, though every file is new', async () => {
    const ws = workspace({ 'libs/it/work.js': workSource() });
    ws.commit();
    ws.write({
      'libs/it/added.js': workSource(),
      'libs/it/a.bench.ts': benchSource('one').replace('work.js', 'added.js'),
    });
    const { report } = await ws.run({ base: HEAD });
    expect([report.verdict, verdicts(report)]).toEqual(['inconclusive', { 'a.bench.ts › one': 'new' }]);
    expect(findingOf(report, 'base/does-not-build').message).toMatch(/^No benchmark builds on the base: /);
  });

  it('the project', async () => {
    const ws = workspace({ 'README.md': 'a' });
    ws.commit();
    ws.write(FILES);
    const { report } = await ws.run({ base: HEAD });
    expect([report.verdict, verdicts(report)]).toEqual(['inconclusive', { 'a.bench.ts › one': 'measured' }]);
    expect(findingOf(report, 'base/no-project')).toMatchObject({
      severity: 'warning',
      remedy: expect.stringContaining('--base=<ref>'),
    });
  });
});

describe('a base that is mixed up with head', () => {
  it('is refused, with all its figures', async () => {
    const ws = workspace({ ...FILES, 'libs/it/b.bench.ts': benchSource('other') });
    ws.commit();
    ws.write({
      'libs/it/work.js': workSource(1.01),
      'libs/it/a.bench.ts': benchSource('one').replace('./work.js', join(ws.root, 'libs/it/work.js')),
    });
    const { report, folder } = await ws.run({ base: HEAD }, 40);
    expect(report.verdict).toBe('failed');
    expect(verdicts(report)).toEqual({ 'a.bench.ts › one': 'failed', 'b.bench.ts › other': COMPARED });
    expect(findingOf(report, 'base/contaminated')).toMatchObject({
      severity: 'error',
      subject: 'a.bench.ts › one',
      message: expect.stringContaining(`out of your tree: ${ws.root}/libs/it/work.js`),
      remedy: expect.stringContaining('absolute path'),
    });
    const kept = JSON.parse(readFileSync(join(ws.root, folder, 'samples.json'), 'utf8'));
    expect(kept.benchmarks.map(({ subject }: { subject: string }) => subject)).toEqual([
      'b.bench.ts › other',
    ]);
  });
});

describe('setup commands', () => {
  const setup = (script: string) => JSON.stringify({ setup: [['node', '-e', script]] });

  it('that fail on the base leave head measured', async () => {
    const ws = workspace(FILES);
    ws.commit();
    ws.write({
      'libs/it/generated.txt': '',
      'libs/it/assay/bench.json': setup("require('fs').readFileSync('generated.txt')"),
    });
    const { report } = await ws.run({ base: HEAD });
    expect([report.verdict, verdicts(report)]).toEqual(['inconclusive', { 'a.bench.ts › one': 'measured' }]);
    expect(findingOf(report, 'base/setup-failed')).toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(
        /^The setup command 'node -e .*' failed on the base: exit code 1; it printed: .*\.$/s,
      ),
      remedy: expect.stringContaining('"setup"'),
    });
    expect(leftInTemp()).toEqual([]);
  });

  it.each([
    [
      setup('process.stderr.write(`line\\n`.repeat(9) + `the reason\\n`); process.exit(3)'),
      'exit code 3; it printed: line line the reason.',
    ],
    [
      JSON.stringify({ setup: [['no-such-program']] }),
      "The setup command 'no-such-program' failed in your tree: it could not be started: there is no such program.",
    ],
  ])('that fail on head end the run: %s', async (config, end) => {
    const ws = workspace({ ...FILES, 'libs/it/assay/bench.json': config });
    const { report } = await ws.run();
    expect([report.verdict, report.subjects]).toEqual(['failed', []]);
    expect(findingOf(report, 'bench/setup-failed').message.endsWith(end)).toBe(true);
    expect(report.summary).toContain('The setup command');
    expect(leftInTemp()).toEqual([]);
  });
});

it('says so where sources change while they are measured', async () => {
  const change = `import { writeFileSync } from 'node:fs';\nbench('changes', () => { writeFileSync('work.js', '// ' + process.hrtime()); return work(400); });\n`;
  const ws = workspace({ ...FILES, 'libs/it/a.bench.ts': benchSource('one') + change });
  ws.commit();
  const { report } = await ws.run();
  expect(report.verdict).toBe('inconclusive');
  expect(findingOf(report, 'bench/changed-while-measuring')).toMatchObject({
    severity: 'warning',
    message: expect.stringContaining('libs/it/work.js'),
  });
  execFileSync('git', ['checkout', '-q', '.'], { cwd: ws.root });
});
