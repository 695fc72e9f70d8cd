import { readFile } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path/posix';
import { criterionNames } from './criterion-crates.ts';
import { benchTargets, manifestOf } from './targets.ts';

/**
 * Benchmark files of a package that use criterion, relative to the project root, sorted: targets with
 * `harness = false` whose text names it. Members of a workspace are projects of their own.
 *
 * @param globs relative to the project root; all targets where absent
 */
export async function discoverBenchmarkFiles(
  projectRoot: string,
  globs: readonly string[] | undefined,
): Promise<readonly string[]> {
  const manifest = await manifestOf(projectRoot);
  if (manifest === undefined) return [];
  const names = criterionNames(manifest);
  if (names.length === 0) return [];
  const uses = new RegExp(`\\b(?:${names.join('|')})\\b`);
  const found: string[] = [];
  for (const { file, harness } of await benchTargets(projectRoot, manifest)) {
    if (harness || (globs && !globs.some((glob) => matchesGlob(file, glob)))) continue;
    // Another library with its own `main` (divan, a hand-written one) names no criterion.
    if (uses.test(await readFile(join(projectRoot, file), 'utf8'))) found.push(file);
  }
  return found;
}
