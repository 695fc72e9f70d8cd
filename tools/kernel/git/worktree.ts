import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { removeTree } from '../files/remove-tree.ts';
import type { RunProcess } from '../process/types.ts';
import { gitEnvironment } from './environment.ts';

/**
 * Takes a worktree of ours away, whatever state it is in: half made, half removed, or locked. Never
 * `git worktree prune`, which would also forget the user's worktrees on a drive that is not mounted now.
 */
export async function removeWorktree(options: {
  repo: string;
  path: string;
  run: RunProcess;
}): Promise<void> {
  const { repo, path, run } = options;
  const git = (args: readonly string[]) =>
    run({ command: 'git', args, cwd: repo, env: gitEnvironment(), timeoutMs: 120_000 });
  await git(['worktree', 'remove', '--force', '--force', path]);
  await removeTree(path);
  const common = await git(['rev-parse', '--git-common-dir']);
  if (common.state !== 'exited' || common.code !== 0) return;
  const entries = join(resolve(repo, common.stdout.replace(/\n$/, '')), 'worktrees');
  for (const name of await readdir(entries).catch(() => [])) {
    const target = await readFile(join(entries, name, 'gitdir'), 'utf8').catch(() => '');
    if (dirname(target.replace(/\n$/, '')) === path) await removeTree(join(entries, name));
  }
}
