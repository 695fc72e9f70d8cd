import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { AssayError } from '../kernel/errors/assay-error.ts';
import { changedPaths, kindAt } from '../kernel/git/index.ts';
import { benchErrors } from './errors.ts';
import type { Repository } from './inputs.ts';
import { listed } from './report/words.ts';
import type { RepositoryState } from './repository-state.ts';
import type { BenchRequest } from './request.ts';

/** Content of what differs from the commit that is checked out: path in the repository → hash. */
export type TreeState = Readonly<Record<string, string>>;

/** @param paths relative to the root of the repository; empty for all of it */
export async function treeState(
  repository: Repository,
  commit: string,
  paths: readonly string[] = [''],
): Promise<TreeState> {
  const state: Record<string, string> = {};
  for (const path of await changedPaths(repository.at, commit, paths)) {
    const content = await readFile(join(repository.root, path)).catch(() => '');
    state[path] = createHash('sha256').update(content).digest('hex');
  }
  return state;
}

/**
 * Watches the sources of a project and of its dependencies from now on.
 *
 * @returns a function that tells, as an error, which of them changed since. Files that are new do not count: tools
 * and benchmarks write some; nor do those of `assay` folders, which hold policy and figures.
 */
export async function watchSources(
  state: RepositoryState,
  request: BenchRequest,
): Promise<() => Promise<AssayError | undefined>> {
  const { repository, commit } = state;
  if (repository === undefined || commit === '') return async () => undefined;
  const roots = [request.project.root, ...request.dependencies.map(({ root }) => root)];
  const paths = roots
    .map((root) => posix.join(repository.prefix, root))
    .map((path) => (path === '.' ? '' : path));
  const before = await treeState(repository, commit, paths);
  return async () => {
    const after = await treeState(repository, commit, paths);
    const changed: string[] = [];
    for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (before[path] === after[path] || /(?:^|\/)\.?assay\//.test(path)) continue;
      const isNew = !(path in before) && (await kindAt(repository.at, commit, path)) === 'absent';
      if (!isNew) changed.push(path);
    }
    if (changed.length === 0) return undefined;
    return benchErrors.create('bench/changed-while-measuring', { paths: listed(changed) });
  };
}
