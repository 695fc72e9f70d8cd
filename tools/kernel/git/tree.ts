import { createHash } from 'node:crypto';
import { askGit, type GitAt, git, splitNul, withoutLineEnd } from './git.ts';

/** Root of the working tree that `at.cwd` lies in. @throws AssayError `git/not-a-repository`, `git/bare` */
export async function toplevel(at: GitAt): Promise<string> {
  return withoutLineEnd(await git(at, ['rev-parse', '--show-toplevel']));
}

/** Path of `at.cwd` below the root of the working tree, POSIX separators; empty for the root itself. */
export async function prefix(at: GitAt): Promise<string> {
  return withoutLineEnd(await git(at, ['rev-parse', '--show-prefix'])).replace(/\/$/, '');
}

/**
 * True where the working tree differs from its commit in some of the paths, untracked files included.
 *
 * @param at root of the working tree
 * @param paths files or folders relative to it; everything where absent
 */
export async function isDirty(at: GitAt, paths?: readonly string[]): Promise<boolean> {
  if (paths?.length === 0) return false;
  const status = ['status', '--porcelain=v1', '-z', '--untracked-files=normal', '--no-renames'];
  for (const some of batches(paths ?? [''])) {
    if ((await git(at, [...status, '--', ...some])) !== '') return true;
  }
  return false;
}

/**
 * Paths below `paths` in which the working tree differs from a commit: changed, staged, deleted, and untracked
 * without being ignored. Sorted, relative to the root of the working tree.
 *
 * @param at root of the working tree
 * @param commit a full name, as `resolveCommit` gives it
 */
export async function changedPaths(
  at: GitAt,
  commit: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const some of batches(paths)) {
    const diff = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-relative', commit];
    for (const path of splitNul(await git(at, [...diff, '--', ...some]))) found.add(path);
    const untracked = ['ls-files', '--others', '--exclude-standard', '-z'];
    for (const path of splitNul(await git(at, [...untracked, '--', ...some]))) found.add(path);
  }
  return [...found].sort();
}

/**
 * One hash over the content of paths at a commit; a path that is not there counts as absent. Needs no checkout.
 *
 * @param paths files or folders relative to the root of the repository; empty for the root itself
 */
export async function treeHash(at: GitAt, commit: string, paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of [...new Set(paths)].sort()) {
    const object = await askGit(at, ['rev-parse', '--verify', '--quiet', `${commit}:${path}`]);
    hash.update(`${path}\0${object.code === 0 ? withoutLineEnd(object.stdout) : 'absent'}\0`);
  }
  return hash.digest('hex');
}

/**
 * All files of a commit below `paths`: path → mode and object id, equal where content and kind are. Needs no checkout.
 *
 * @param at root of the working tree
 * @param paths files or folders relative to it; empty for the root itself
 */
export async function filesAt(
  at: GitAt,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const list = ['ls-tree', '-r', '-z', '--full-tree', commit];
  for (const some of batches(paths.includes('') ? [''] : paths)) {
    for (const row of splitNul(await git(at, [...list, '--', ...some]))) {
      const tab = row.indexOf('\t');
      files.set(row.slice(tab + 1), row.slice(0, tab));
    }
  }
  return files;
}

/** What lies at a path of a commit. */
export async function kindAt(
  at: GitAt,
  commit: string,
  path: string,
): Promise<'folder' | 'file' | 'submodule' | 'absent'> {
  if (path === '') return 'folder';
  const entry = await git(at, ['ls-tree', '-z', '--full-tree', commit, '--', path]);
  const type = /^\d+ (\w+) /.exec(entry)?.[1];
  if (type === 'tree') return 'folder';
  if (type === 'commit') return 'submodule';
  return type === undefined ? 'absent' : 'file';
}

/** Few enough for one command line; `.` stands for the root, which git does not take as an empty text. */
function batches(paths: readonly string[]): string[][] {
  const all: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const path of paths) {
    if (bytes + path.length > 64_000) {
      all.push([]);
      bytes = 0;
    }
    all.at(-1)!.push(path === '' ? '.' : path);
    bytes += path.length + 1;
  }
  return all;
}
