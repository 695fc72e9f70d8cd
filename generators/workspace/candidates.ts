import { posix } from 'node:path';
import { globAsync, type Tree } from '@nx/devkit';

/** Folders that are never a project of the user's own. */
const foreign = /(^|\/)(node_modules|vendor|testdata|fixtures|target|\.[^/]+)(\/|$)/;

/**
 * Folders with `pyproject.toml`, `go.mod`, `Cargo.toml` or `pom.xml` and neither `package.json` nor `project.json`: what Nx by itself
 * does not see. Relative to the workspace root, sorted; the root itself is not among them.
 */
export async function candidateFolders(tree: Tree): Promise<readonly string[]> {
  const manifests = await globAsync(tree, ['**/pyproject.toml', '**/go.mod', '**/Cargo.toml', '**/pom.xml']);
  const folders = new Set(manifests.map((file) => posix.dirname(file.replaceAll('\\', '/'))));
  return [...folders]
    .filter((folder) => folder !== '.' && !foreign.test(folder))
    .filter((folder) => !tree.exists(`${folder}/package.json`) && !tree.exists(`${folder}/project.json`))
    .sort();
}

/**
 * Globs for the chosen folders: `services/*` for those below a folder, so that the next one is found too;
 * a folder at the top by its name. Pure.
 */
export function globsFor(folders: readonly string[]): readonly string[] {
  const globs = folders.map((folder) => {
    const parent = posix.dirname(folder);
    return parent === '.' ? folder : `${parent}/*`;
  });
  return [...new Set(globs)].sort();
}
