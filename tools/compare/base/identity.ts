import { globMatcher } from '../../kernel/files/glob.ts';
import { changedPaths } from '../../kernel/git/tree.ts';
import type { RunProcess } from '../../kernel/process/types.ts';

/**
 * Which of a project's inputs differ from the base; none means that there is nothing to measure (`identical`).
 *
 * @param options.paths files and folders that the measured code depends on, relative to the repository's root
 * @param options.ignore globs over such paths, or a predicate: changes that cannot matter (benchmark files,
 * which head lends to the base, and results)
 * @returns changed paths relative to the repository's root, sorted
 */
export async function changedInputs(options: {
  readonly repoRoot: string;
  readonly commit: string;
  readonly paths: readonly string[];
  readonly ignore?: readonly string[] | ((path: string) => boolean);
  readonly run: RunProcess;
  readonly signal?: AbortSignal;
}): Promise<readonly string[]> {
  const { ignore = [], run, signal } = options;
  const ignored = typeof ignore === 'function' ? ignore : globMatcher(ignore);
  const at = { cwd: options.repoRoot, run, ...(signal && { signal }) };
  const changed = await changedPaths(at, options.commit, options.paths);
  return changed.filter((path) => !ignored(path));
}
