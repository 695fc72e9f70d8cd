import { compileGlobs } from '../../tools/nx/glob.ts';
import type { ManifestIndex } from '../facts/manifest-index.ts';
import { foldersUpwards, isForeignPath } from '../facts/paths.ts';
import { dependencyFolders } from './loose-dependencies.ts';

/**
 * Folders with pyproject.toml, go.mod, Cargo.toml or pom.xml and nothing that makes them a project, which the globs of the
 * plugin's options choose. They become projects where there is a reason to (see `neededCandidates`).
 *
 * @param manifests folders with a package.json or project.json of any kind
 */
export function candidateFolders(
  index: ManifestIndex,
  manifests: ReadonlySet<string>,
  known: ReadonlySet<string>,
  globs: readonly string[] | undefined,
  workspaceRoot: string,
): readonly string[] {
  const patterns = (globs ?? []).filter((glob) => typeof glob === 'string' && glob !== '').map(plainGlob);
  if (patterns.length === 0) return [];
  const matches = compileGlobs(patterns, workspaceRoot);
  const { pyprojects, gomods, cargos, poms } = index;
  const folders = new Set([pyprojects, gomods, cargos, poms].flatMap((manifests) => [...manifests.keys()]));
  return [...folders]
    .filter((folder) => !manifests.has(folder) && !known.has(folder))
    .filter((folder) => !isForeignPath(`${folder}/`) && matches(folder))
    .sort();
}

/**
 * The candidates that become projects: those with something to measure, and those that something measured
 * depends on. Without the second kind a slower shared library would leave its consumers' cache keys alone.
 *
 * @param measured roots that have a target of ours, candidates among them
 */
export function neededCandidates(
  candidates: readonly string[],
  measured: readonly string[],
  index: ManifestIndex,
): readonly string[] {
  const chosen = new Set(candidates);
  const seen = new Set(measured);
  const queue = [...measured];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    for (const dependency of dependencyFolders(folder, index)) {
      const owner = foldersUpwards(dependency).find((above) => chosen.has(above));
      if (owner === undefined || seen.has(owner)) continue;
      seen.add(owner);
      queue.push(owner);
    }
  }
  return candidates.filter((candidate) => seen.has(candidate));
}

function plainGlob(glob: string): string {
  const negated = glob.startsWith('!') ? '!' : '';
  const plain = glob.replace(/^!/, '').replace(/^\.\//, '').replace(/\/+$/, '');
  return negated + (plain === '' ? '.' : plain);
}
