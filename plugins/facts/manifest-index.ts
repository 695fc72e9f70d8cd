import type { PomFacts } from '../../tools/languages/java/pom.ts';
import type { CargoToml } from '../../tools/languages/rust/cargo-toml.ts';
import type { FactReader } from './fact-cache.ts';
import type { GoModFacts } from './go-mod.ts';
import { baseName, folderOf, foldersUpwards, resolveFolder } from './paths.ts';
import { normalisePythonName, type PyprojectFacts } from './pyproject.ts';

/** All Python, Go, Rust and Maven manifests of a workspace, by folder. Malformed ones are not in it. */
export interface ManifestIndex {
  readonly pyprojects: ReadonlyMap<string, PyprojectFacts>;
  readonly gomods: ReadonlyMap<string, GoModFacts>;
  readonly cargos: ReadonlyMap<string, CargoToml>;
  readonly poms: ReadonlyMap<string, PomFacts>;
  readonly failed: readonly { readonly file: string; readonly reason: string }[];
}

export function manifestIndex(files: readonly string[], reader: FactReader): ManifestIndex {
  const pyprojects = new Map<string, PyprojectFacts>();
  const gomods = new Map<string, GoModFacts>();
  const cargos = new Map<string, CargoToml>();
  const poms = new Map<string, PomFacts>();
  const failed: { file: string; reason: string }[] = [];
  for (const file of files) {
    const name = baseName(file);
    if (name === 'pyproject.toml') {
      const read = reader.read('pyproject', file);
      if (read.state === 'read') pyprojects.set(folderOf(file), read.facts);
      else failed.push({ file, reason: read.reason });
    } else if (name === 'go.mod') {
      const read = reader.read('gomod', file);
      if (read.state === 'read') gomods.set(folderOf(file), read.facts);
      else failed.push({ file, reason: read.reason });
    } else if (name === 'Cargo.toml') {
      const read = reader.read('cargo', file);
      if (read.state === 'read') cargos.set(folderOf(file), read.facts);
      else failed.push({ file, reason: read.reason });
    } else if (name === 'pom.xml') {
      const read = reader.read('pom', file);
      if (read.state === 'read') poms.set(folderOf(file), read.facts);
      else failed.push({ file, reason: read.reason });
    }
  }
  return { pyprojects, gomods, cargos, poms, failed };
}

/**
 * Folders of this workspace that a folder's Python manifest depends on: path sources, and every required
 * name that is the name of a package here (uv workspace members and plain PEP 621 dependencies alike).
 */
export function pythonDependencyFolders(folder: string, index: ManifestIndex): readonly string[] {
  const manifest = index.pyprojects.get(folder);
  if (manifest === undefined) return [];
  const byName = namesOf(index);
  const found = [
    ...manifest.paths.map((path) => resolveFolder(folder, path)),
    ...manifest.requires.flatMap((name) => byName.get(name) ?? []),
  ];
  return distinct(found, folder);
}

/** Folders that a folder's go.mod depends on: `replace` to a folder, and `require` of a module of this workspace. */
export function goDependencyFolders(folder: string, index: ManifestIndex): readonly string[] {
  const manifest = index.gomods.get(folder);
  if (manifest === undefined) return [];
  const byModule = modulesOf(index);
  const found = [
    ...manifest.replaces.map(({ path }) => resolveFolder(folder, path)),
    ...manifest.requires.map((module) => byModule.get(module)),
  ];
  return distinct(found, folder);
}

/**
 * Folders that a folder's Cargo.toml depends on: path dependencies, its own or taken over from the workspace, and
 * crates that the workspace patches with a folder.
 */
export function rustDependencyFolders(folder: string, index: ManifestIndex): readonly string[] {
  const manifest = index.cargos.get(folder);
  if (manifest === undefined) return [];
  const root = foldersUpwards(folder).find((above) => index.cargos.get(above)?.workspace !== undefined);
  const around = root === undefined ? undefined : index.cargos.get(root);
  const shared = (name: string) => around?.workspace?.find((each) => each.name === name);
  const patched = (name: string) => around?.patches.find((each) => each.package === name);
  const found = manifest.dependencies.map(({ name, package: crate, path, inherited }) => {
    if (path !== undefined) return resolveFolder(folder, path);
    const there = inherited ? (shared(name)?.path ?? patched(crate)?.path) : patched(crate)?.path;
    return there === undefined || root === undefined ? undefined : resolveFolder(root, there);
  });
  return distinct(found, folder);
}

/** Go modules of the workspace: module path → folder. Of two with one path none is meant. */
export function modulesOf(index: ManifestIndex): ReadonlyMap<string, string> {
  const known = goModules.get(index);
  if (known !== undefined) return known;
  const modules = new Map<string, string>();
  const twice = new Set<string>();
  for (const [folder, { module }] of index.gomods) {
    if (module === undefined) continue;
    if (modules.has(module)) twice.add(module);
    modules.set(module, folder);
  }
  for (const module of twice) modules.delete(module);
  goModules.set(index, modules);
  return modules;
}

const goModules = new WeakMap<ManifestIndex, ReadonlyMap<string, string>>();

/** Python packages by normalised name; a name that two folders use means both. */
function namesOf(index: ManifestIndex): ReadonlyMap<string, readonly string[]> {
  const known = pythonNames.get(index);
  if (known !== undefined) return known;
  const names = new Map<string, string[]>();
  for (const [folder, { name }] of index.pyprojects) {
    if (name === undefined) continue;
    const key = normalisePythonName(name);
    names.set(key, [...(names.get(key) ?? []), folder]);
  }
  pythonNames.set(index, names);
  return names;
}

const pythonNames = new WeakMap<ManifestIndex, ReadonlyMap<string, readonly string[]>>();

function distinct(folders: readonly (string | undefined)[], own: string): readonly string[] {
  return [...new Set(folders)].filter((folder): folder is string => folder !== undefined && folder !== own);
}
