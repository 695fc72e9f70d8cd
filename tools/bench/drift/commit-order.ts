import { type GitAt, git } from '../../kernel/git/index.ts';
import type { CommitOrder } from './history-points.ts';

/** Forty bytes each: two megabytes. */
const MOST_COMMITS = 50_000;

/** The newest commits of head, parents before children, whatever their dates say. */
export async function commitOrder(at: GitAt): Promise<CommitOrder> {
  const found = await git(at, ['rev-list', '--topo-order', `--max-count=${MOST_COMMITS}`, 'HEAD']);
  const commits = found
    .split('\n')
    .filter((name) => name !== '')
    .reverse();
  return {
    position: new Map(commits.map((commit, i) => [commit, i])),
    whole: commits.length < MOST_COMMITS,
  };
}
