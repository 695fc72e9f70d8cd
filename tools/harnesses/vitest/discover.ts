import { existsSync, globSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/** Benchmark files by Vitest's convention. */
export const DEFAULT_FILES = ['**/*.bench.{ts,mts,cts,tsx,js,mjs,cjs,jsx}'];

/** Folders of what is installed, built or our own. */
export const SKIPPED = new Set(['node_modules', 'dist', 'build', 'coverage', '.nx', '.git', '.assay']);

/**
 * Benchmark files of a project, relative to its root, sorted. Folders of other projects inside it (with a
 * package.json or project.json of their own) are not its own, unless a glob was given that names them.
 */
export function discoverBenchmarks(
  projectRoot: string,
  files: readonly string[] | undefined,
): readonly string[] {
  const inside = (files ?? DEFAULT_FILES).filter(
    (glob) => !glob.split('/').includes('..') && !isAbsolute(glob),
  );
  const found = globSync(inside, {
    cwd: projectRoot,
    exclude: (path) => SKIPPED.has(path.split(/[\\/]/).at(-1) ?? ''),
  });
  const own = new Map<string, boolean>();
  return [...new Set(found.map((path) => path.replaceAll('\\', '/')))]
    .filter((path) => files !== undefined || isOwn(dirname(path)))
    .sort();

  function isOwn(folder: string): boolean {
    if (folder === '.') return true;
    const known = own.get(folder);
    if (known !== undefined) return known;
    const here = join(projectRoot, folder);
    const another = existsSync(join(here, 'package.json')) || existsSync(join(here, 'project.json'));
    const answer = !another && isOwn(dirname(folder));
    own.set(folder, answer);
    return answer;
  }
}
