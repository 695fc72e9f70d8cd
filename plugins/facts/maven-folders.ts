import type { ManifestIndex } from './manifest-index.ts';
import { folderOf, inFolder, resolveFolder } from './paths.ts';

/**
 * Folders of this workspace that a folder's pom.xml depends on: its parent, and all dependencies that are the group
 * and artefact of a module here (those of plugins and imported version lists too). The list of modules is no
 * dependency: with it a change in one module would reach all its siblings through their parent.
 */
export function javaDependencyFolders(folder: string, index: ManifestIndex): readonly string[] {
  const pom = index.poms.get(folder);
  if (pom === undefined) return [];
  const byKey = keysOf(index);
  const parent = pom.parent === undefined ? [] : parentFolders(folder, pom.parent, index);
  const found = [...parent, ...pom.dependencies.flatMap(({ key }) => byKey.get(key) ?? [])];
  return [...new Set(found)].filter((each) => each !== folder);
}

/** Where Maven looks for a parent first; elsewhere in the workspace where it is not there. */
function parentFolders(
  folder: string,
  parent: { readonly key: string; readonly path: string },
  index: ManifestIndex,
): readonly string[] {
  const named = parent.path === '' ? undefined : resolveFolder(folder, parent.path);
  const near = [named, named === undefined ? undefined : folderOf(named)].find(
    (each) => each !== undefined && index.poms.get(each)?.key === parent.key && isPom(each, named),
  );
  return near === undefined ? (keysOf(index).get(parent.key) ?? []) : [near];
}

/** A path of a parent is a folder or the pom.xml in it. */
function isPom(folder: string, named: string | undefined): boolean {
  return named === folder || named === inFolder(folder, 'pom.xml');
}

/** Modules of the workspace by group and artefact; a name that two folders use means both. */
function keysOf(index: ManifestIndex): ReadonlyMap<string, readonly string[]> {
  const known = mavenKeys.get(index);
  if (known !== undefined) return known;
  const keys = new Map<string, string[]>();
  for (const [folder, { key }] of index.poms) {
    if (key !== undefined) keys.set(key, [...(keys.get(key) ?? []), folder]);
  }
  mavenKeys.set(index, keys);
  return keys;
}

const mavenKeys = new WeakMap<ManifestIndex, ReadonlyMap<string, readonly string[]>>();
