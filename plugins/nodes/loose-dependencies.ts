import {
  goDependencyFolders,
  type ManifestIndex,
  pythonDependencyFolders,
  rustDependencyFolders,
} from '../facts/manifest-index.ts';
import { javaDependencyFolders } from '../facts/maven-folders.ts';
import { foldersUpwards } from '../facts/paths.ts';

/** Folders that a folder's Python, Go, Rust and Maven manifests depend on. */
export function dependencyFolders(folder: string, index: ManifestIndex): readonly string[] {
  return [
    ...pythonDependencyFolders(folder, index),
    ...goDependencyFolders(folder, index),
    ...rustDependencyFolders(folder, index),
    ...javaDependencyFolders(folder, index),
  ];
}

/**
 * Packages of this workspace that a project needs, directly or not, and that no project owns (the globs of
 * the options leave them out). Nx has no node for them, so their files have to be inputs by their path.
 *
 * @param roots folders that are, or may become, projects
 */
export function looseDependencies(
  root: string,
  roots: ReadonlySet<string>,
  index: ManifestIndex,
): readonly string[] {
  const seen = new Set([root]);
  const loose: string[] = [];
  for (const folder of seen) {
    for (const dependency of dependencyFolders(folder, index)) {
      if (seen.has(dependency) || foldersUpwards(dependency).some((above) => roots.has(above))) continue;
      seen.add(dependency);
      loose.push(dependency);
    }
  }
  return loose.sort();
}
