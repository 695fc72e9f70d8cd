import { beforeAll, describe, expect, inject, it } from 'vitest';
import { changeOf, verdictOf } from '../harness/verdict.ts';
import {
  commit,
  createWorkspace,
  edit,
  git,
  nx,
  report,
  type Workspace,
  write,
} from '../harness/workspace.ts';

/** A history of thirty commits after a release, one of which doubles the work of a shared library, by its data. */
const host = inject('host');
const COMMITS = 30;
const GUILTY = 19;
const DATA = 'packages/core/src/work.json';

let ws: Workspace;
let guilty = '';
beforeAll(async () => {
  ws = await createWorkspace(host);
  await git(ws, 'tag', 'v1.0.0');
  for (let i = 1; i <= COMMITS; i++) {
    // Half of them touch what the benchmark runs, through one project or the other; half do not.
    const folder = ['packages/core', 'packages/web', 'packages/other', 'docs'][i % 4];
    write(ws, `${folder}/notes/${i}.md`, `${i}\n`);
    if (i === GUILTY) edit(ws, DATA, '8000', '16000');
    const made = await commit(ws, `change ${i}: ${i === GUILTY ? 'more rounds' : 'notes'}`);
    if (i === GUILTY) guilty = made;
  }
});

describe('a regression planted in a history of thirty commits', () => {
  it('is found by drift against the release tag, and named by a bisection', {
    timeout: 900_000,
  }, async () => {
    const args = [
      'run',
      'web:bench',
      '--drift',
      '--explain=bisect',
      '--filter=shared|still',
      '--budget=180s',
    ];
    const result = await nx(ws, args, { timeoutMs: 900_000 });
    const made = report(ws, 'web', result);
    expect(result.code, result.output).toBe(1);
    expect(verdictOf(made, 'shared'), result.output).toBe('regressed');
    expect(['unchanged', 'inconclusive']).toContain(verdictOf(made, 'still'));
    const drifted = made.findings.find(({ id }) => id === 'bench/drifted');
    expect(drifted).toMatchObject({ severity: 'error', subject: expect.stringContaining('shared') });
    expect(drifted?.message).toContain(`than at v1.0.0, ${COMMITS} commits ago`);
    expect(changeOf(made, 'shared', 'release')?.low).toBeGreaterThan(1.05);

    const listed = made.findings.find(({ id }) => id === 'bench/explained');
    expect(listed?.table?.rows.map(([name]) => name)).toContain(guilty.slice(0, 9));
    expect(result.output).toContain('Commits that touched it');
    const culprit = made.findings.find(({ id }) => id === 'bench/culprit');
    expect(culprit?.evidence, result.output).toMatchObject({ culprits: [{ commit: guilty }] });
    expect(culprit?.message).toContain('“change 19: more rounds” (Ada, ');
    expect((await git(ws, 'worktree', 'list')).split('\n')).toHaveLength(1);
    expect(await git(ws, 'status', '--porcelain')).toBe('');
  });

  it('is not there before the commit that made it', async () => {
    await git(ws, 'checkout', '-q', `${guilty}~1`);
    const result = await nx(ws, ['run', 'web:bench', '--drift', '--filter=shared', '--budget=20s']);
    const made = report(ws, 'web', result);
    expect(
      made.findings.filter(({ severity }) => severity === 'error'),
      result.output,
    ).toEqual([]);
    await git(ws, 'checkout', '-q', 'main');
  });

  it('cannot be looked for where no tag matches, and says what helps', async () => {
    const result = await nx(ws, ['run', 'web:bench', '--drift=release-*']);
    expect(result.code).toBe(1);
    expect(report(ws, 'web', result).findings).toMatchObject([{ id: 'bench/no-release-tag' }]);
    expect(result.output).toContain('git fetch --tags');
  });
});
