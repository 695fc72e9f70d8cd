import { mkdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';
import { createTempFolder } from '../../kernel/files/temp-folder.ts';
import { askGit, type GitAt } from '../../kernel/git/git.ts';
import { kindAt } from '../../kernel/git/tree.ts';
import { removeWorktree } from '../../kernel/git/worktree.ts';
import { type Guardian, guardian } from '../../kernel/process/guardian.ts';
import type { RunProcess } from '../../kernel/process/types.ts';
import { baseErrors } from './errors.ts';
import { sideIn } from './side.ts';

export interface BaseCheckoutOptions {
  /** Root of the user's working tree (`toplevel`). */
  readonly repoRoot: string;
  readonly workspaceRoot: string;
  readonly projectRoot: string;
  /** Full name of a commit, as `resolveCommit` gives it. */
  readonly commit: string;
  readonly run: RunProcess;
  readonly signal?: AbortSignal;
  readonly keeper?: Guardian;
}

/** Folders for what is built and written on the way, outside both trees; names of equal length. */
export interface ScratchFolders {
  readonly base: string;
  readonly head: string;
}

/**
 * Runs `fn` with the base checked out beside the user's tree, in a detached worktree in a temporary folder:
 * no hook runs, no submodule is fetched, large files stay pointers, and the user's tree, index and branches
 * are untouched. The worktree goes away afterwards, after an error and after our death too.
 *
 * @throws AssayError `base/no-project`, `base/project-outside`, `base/checkout-failed`, and what `fn` throws
 */
export async function withBaseCheckout<T>(
  options: BaseCheckoutOptions,
  fn: (base: Side, head: Side, scratch: ScratchFolders) => Promise<T>,
): Promise<T> {
  const { commit, run, keeper = guardian() } = options;
  const head = await headSide(options);
  const repo = head.repoRoot;
  const at: GitAt = { cwd: repo, run, ...(options.signal && { signal: options.signal }) };
  const project = relative(repo, head.projectRoot).split(sep).join('/');
  if ((await kindAt(at, commit, project)) !== 'folder') {
    throw baseErrors.create('base/no-project', { project, commit });
  }

  await using temp = await createTempFolder('compare', keeper);
  const scratch = { base: join(temp.path, 'a-base'), head: join(temp.path, 'a-head') };
  await mkdir(scratch.base);
  await mkdir(scratch.head);

  const path = join(temp.path, treeName(temp.path, repo));
  const belonging = { kind: 'worktree', repo, path } as const;
  keeper.own(belonging);
  try {
    await addWorktree(at, path, commit);
    return await fn(sideIn('base', path, head), head, scratch);
  } finally {
    // Where it cannot be removed now the guardian tries again at our end; what `fn` threw must not be hidden.
    await removeWorktree({ repo, path, run }).then(
      () => keeper.drop(belonging),
      () => {},
    );
  }
}

/** The user's own tree as a side, by real paths. @throws AssayError `base/project-outside` */
export async function headSide(
  options: Pick<BaseCheckoutOptions, 'repoRoot' | 'workspaceRoot' | 'projectRoot'>,
): Promise<Side> {
  const [repoRoot, workspaceRoot, projectRoot] = await Promise.all([
    realpath(options.repoRoot),
    realpath(options.workspaceRoot),
    realpath(options.projectRoot),
  ]);
  for (const folder of [workspaceRoot, projectRoot]) {
    if (folder !== repoRoot && !folder.startsWith(repoRoot + sep)) {
      throw baseErrors.create('base/project-outside', { project: folder, repo: repoRoot });
    }
  }
  return { name: 'head', repoRoot, workspaceRoot, projectRoot };
}

async function addWorktree(at: GitAt, path: string, commit: string): Promise<void> {
  const settings = {
    'core.hooksPath': '/dev/null',
    'core.fsmonitor': 'false',
    'submodule.recurse': 'false',
    'advice.detachedHead': 'false',
    // Also without git-lfs installed: a pointer stays a pointer.
    'filter.lfs.smudge': '',
    'filter.lfs.process': '',
    'filter.lfs.required': 'false',
  };
  const answer = await askGit(
    at,
    [
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      'worktree',
      'add',
      '--detach',
      path,
      commit,
    ],
    { GIT_LFS_SKIP_SMUDGE: '1' },
  );
  if (answer.code !== 0) {
    const detail = answer.stderr.trim().split('\n').slice(-3).join(' ').replace(/\.$/, '');
    throw baseErrors.create('base/checkout-failed', { commit, detail });
  }
}

/**
 * A path's length shifts the stack and with it the timing (Mytkowicz et al., ASPLOS 2009): where head's path
 * is the longer one, the base's is padded to its length.
 */
function treeName(parent: string, repo: string): string {
  const missing = repo.length - parent.length - 1 - 'base'.length;
  return `base${'-'.repeat(Math.max(0, Math.min(missing, 200)))}`;
}
