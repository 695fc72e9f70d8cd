import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../views/markdown/report.ts';
import { renderTerminal } from '../../views/terminal/report.ts';
import { removeRepositories, repository } from '../drift/fixtures/repository.ts';
import type { Scope } from '../inputs.ts';
import { chainInside, chainOf } from './chain.ts';
import { commitsFinding, projectsOf } from './commit-table.ts';
import { mainlineCommits, touchingCommits } from './touching-commits.ts';

afterAll(removeRepositories);

/** Everything below `lib` and `dep`, but for benchmarks. */
const scope: Scope = {
  paths: ['lib', 'dep'],
  counts: (path) => /^(lib|dep)\//.test(path),
  isBenchmark: (path) => path.endsWith('.bench.ts'),
};
const request = {
  project: { name: 'lib', root: 'lib', tags: [] },
  dependencies: [{ name: 'dep', root: 'dep' }],
};

describe('commits that touched it', () => {
  it('are those between base and head whose files count, newest first', async () => {
    const repo = repository();
    repo.commit({ 'lib/a.ts': '0' });
    const base = repo.commit({ 'lib/a.ts': '1' });
    const first = repo.commit({ 'lib/a.ts': '2', 'dep/x y\n"z".ts': '1' }, 'faster | `parse`\n\nbody');
    repo.commit({ 'lib/a.bench.ts': '1' }, 'a benchmark');
    repo.commit({ 'other/b.ts': '1' }, 'elsewhere');
    const second = repo.commit({ 'dep/b.ts': '2' }, 'evil \x01 <b>', '2001-02-03T00:00:00Z');
    const found = await touchingCommits(repo.at, base, second, scope);
    expect(found.total).toBe(4);
    expect(found.notes).toEqual([]);
    expect(found.commits).toMatchObject([
      { commit: second, author: 'Ada L', time: Date.UTC(2001, 1, 3), files: ['dep/b.ts'] },
      { commit: first, subject: 'faster | `parse`', files: ['dep/x y\n"z".ts', 'lib/a.ts'] },
    ]);
    expect(projectsOf([...found.commits[1]!.files, 'package.json'], { request, prefix: '' })).toEqual({
      dep: ['dep/x y\n"z".ts'],
      lib: ['lib/a.ts'],
      workspace: ['package.json'],
    });
  });

  it('on merged branches are listed one by one, and a merge where it changed something itself', async () => {
    const repo = repository();
    const base = repo.commit({ 'lib/a.ts': 'a\n', 'lib/c.ts': 'c\n' });
    repo.git('checkout', '-q', '-b', 'side');
    const side = repo.commit({ 'lib/a.ts': 'side\n' });
    repo.git('checkout', '-q', 'main');
    const main = repo.commit({ 'lib/c.ts': 'main\n' });
    repo.git('merge', '-q', '--no-ff', '--no-edit', 'side');
    const clean = repo.git('rev-parse', 'HEAD');
    const listed = await touchingCommits(repo.at, base, clean, scope);
    expect(listed.commits.map(({ commit }) => commit).sort()).toEqual([side, main].sort());

    repo.git('checkout', '-q', '-b', 'conflict', base);
    repo.commit({ 'lib/a.ts': 'other\n' });
    try {
      repo.git('merge', '-q', 'main');
    } catch {
      // The conflict is what is wanted.
    }
    const evil = repo.commit({ 'lib/a.ts': 'resolved\n' }, 'resolve');
    const resolved = await touchingCommits(repo.at, base, evil, scope);
    expect(resolved.commits.map(({ commit }) => commit)).toContain(evil);
  });

  it('that a base has and head has not, or a shallow clone hides, are said', async () => {
    const repo = repository();
    repo.commit({ 'lib/a.ts': '0' });
    repo.git('checkout', '-q', '-b', 'side');
    const base = repo.commit({ 'lib/a.ts': '1' });
    repo.git('checkout', '-q', 'main');
    const head = repo.commit({ 'lib/a.ts': '2' });
    expect((await touchingCommits(repo.at, base, head, scope)).notes.join()).toContain('1 commits that head');
    const clone = join(repo.folder, 'shallow explain');
    repo.git('clone', '-q', '--depth=1', `file://${repo.root}`, clone);
    const at = { ...repo.at, cwd: clone };
    expect((await touchingCommits(at, head, head, scope)).notes.join()).toContain('shallow');
  });

  it('are a table in terminal and Markdown that no name can break', async () => {
    const repo = repository();
    const base = repo.commit({ 'lib/a.ts': '1' });
    const head = repo.commit({ 'lib/a.ts': '2' }, 'a | b <script> \x1b[31m @you');
    const found = await touchingCommits(repo.at, base, head, scope);
    const context = { capability: 'bench', project: 'lib' };
    const table = { request, prefix: '', base, titles: ['parse'], uncommitted: ['lib/c.ts'] };
    const finding = commitsFinding(context, found, table);
    expect(finding.message).toMatch(/^1 of 1 commit since \w{9} touches what parse runs/);
    expect(finding.message).toContain('So do 1 file that is not committed.');
    const built = { ...EMPTY, findings: [finding] };
    const markdown = renderMarkdown(built).text;
    expect(markdown).toContain(
      '| Commit | Date | Author | Subject | Touched |\n|---|---|---|---|---|\n| not committed |',
    );
    expect(markdown).toMatch(/\| \w{9} \| \d{4}-\d\d-\d\d \| Ada L \| a \\\| b &lt;script&gt; /);
    const terminal = renderTerminal(built, { width: 100, colour: false });
    expect(terminal).toContain('Commits that touched it');
    expect(terminal).not.toContain('\x1b');
    expect(
      Math.max(
        ...terminal
          .split('\n')
          .filter((line) => /Ada L/.test(line))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(100);
  });
});

describe('the chain of a bisection', () => {
  it('goes along the branch of head, merges as one step each, and into a merge on demand', async () => {
    const repo = repository();
    const base = repo.commit({ 'lib/a.ts': '1', 'lib/c.ts': '1' });
    const first = repo.commit({ 'lib/a.ts': '2' });
    repo.git('checkout', '-q', '-b', 'side');
    const [one, two] = [repo.commit({ 'lib/c.ts': '2' }), repo.commit({ 'lib/c.ts': '3' })];
    repo.git('checkout', '-q', 'main');
    repo.commit({ 'notes.txt': '1' });
    repo.git('merge', '-q', '--no-ff', '--no-edit', 'side');
    const merge = repo.git('rev-parse', 'HEAD');
    repo.commit({ 'notes.txt': '2' });
    const chain = await chainOf(repo.at, base, repo.git('rev-parse', 'HEAD'), scope);
    expect(chain).toMatchObject({ start: base, notes: [] });
    expect(chain.steps.map(({ state }) => state)).toEqual([first, merge]);
    const inside = await chainInside(repo.at, chain.steps[1]!.commit!, scope);
    expect(inside?.start).toBe(first);
    expect(inside?.steps.map(({ state }) => state)).toEqual([one, two]);
    expect(await chainInside(repo.at, chain.steps[0]!.commit!, scope)).toBeUndefined();
  });

  it('of a base on another branch begins with what the two differ by', async () => {
    const repo = repository();
    const fork = repo.commit({ 'lib/a.ts': '1' });
    repo.git('checkout', '-q', '-b', 'side');
    const base = repo.commit({ 'lib/a.ts': '9' });
    repo.git('checkout', '-q', 'main');
    const head = repo.commit({ 'lib/b.ts': '2' });
    const chain = await chainOf(repo.at, base, head, scope);
    expect(chain.steps.map(({ state, commit }) => [state, commit === undefined])).toEqual([
      [fork, true],
      [head, false],
    ]);
    expect(chain.notes.join()).toContain('does not lie on the branch of head');
  });

  it('has no more than the mainline where nothing counts', async () => {
    const repo = repository();
    const base = repo.commit({ 'lib/a.ts': '1' });
    const head = repo.commit({ 'notes.txt': '1' });
    expect(await mainlineCommits(repo.at, base, head, scope)).toEqual([]);
    expect((await chainOf(repo.at, base, head, scope)).steps).toEqual([]);
  });
});

const EMPTY = {
  schema: 'nx-assay/report@1' as const,
  capability: 'bench',
  project: 'lib',
  run: {
    ...{ id: 'r', target: 'lib:bench', configuration: '', attempt: 1, branch: '', ci: '' },
    mode: 'compare' as const,
    shard: { index: 1, of: 1 },
  },
  verdict: 'failed' as const,
  enforcement: 'enforce' as const,
  summary: '',
  subjects: [],
  metrics: [],
  exhibits: [],
  environment: {
    ...{ machine: 'm', cpu: '', cores: 2, os: '', runtimes: {}, tools: {}, commit: '', dirty: false },
    ...{ taskHash: '', startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1 },
  },
  artifacts: [],
};
