import { afterAll, describe, expect, it, vi } from 'vitest';
import { benchSource, findingOf, leftInTemp, removeWorkspaces, workspace } from './fixtures/workspace.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
afterAll(removeWorkspaces);

/** The work is in a data file: other code would have another layout. */
const FILES = {
  'libs/it/work.js': `import { rounds } from './rounds.js';
export function work(n) {
  let sum = 0;
  for (let i = 0; i < rounds * n; i++) sum += Math.sqrt(i);
  return sum;
}
`,
  'libs/it/rounds.js': 'export const rounds = 1;\n',
  'libs/it/a.bench.ts': benchSource('one'),
};

describe('--explain', () => {
  it('=bisect names the commit, around one that does not build, and leaves nothing behind', async () => {
    const ws = workspace(FILES);
    const base = ws.commit();
    const commit = (files: Readonly<Record<string, string>>): string => {
      ws.write(files);
      return ws.commit();
    };
    commit({ 'libs/it/NOTES.md': '1' });
    commit({ 'libs/it/rounds.js': 'export const rounds = ;\n' });
    commit({ 'libs/it/rounds.js': 'export const rounds = 1;\n', 'libs/it/NOTES.md': '2' });
    const guilty = commit({ 'libs/it/rounds.js': 'export const rounds = 4;\n' });
    commit({ 'libs/it/NOTES.md': '3' });
    commit({ 'notes.txt': 'outside' });
    const before = [ws.git('worktree', 'list'), ws.git('status', '--porcelain')];
    const { report } = await ws.run({ base: { state: 'ref', ref: base }, explain: 'bisect' }, 15);
    const table = findingOf(report, 'bench/explained');
    expect(table.message).toMatch(/^5 of 6 commits since/);
    expect(table.table?.rows.map(([name]) => name)).toContain(guilty.slice(0, 9));
    const culprit = findingOf(report, 'bench/culprit');
    expect(culprit.message).toContain(`one got worse (time) by ${guilty.slice(0, 9)} “change” (a, `);
    expect(culprit.message).toContain('with a probability of at most 0.1 %');
    expect(culprit.evidence).toMatchObject({ culprits: [{ commit: guilty }], ranges: [] });
    expect([ws.git('worktree', 'list'), ws.git('status', '--porcelain')]).toEqual(before);
    expect(leftInTemp()).toEqual([]);
  });
});
