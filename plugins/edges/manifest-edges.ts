import {
  goDependencyFolders,
  type ManifestIndex,
  pythonDependencyFolders,
  rustDependencyFolders,
} from '../facts/manifest-index.ts';
import { javaDependencyFolders } from '../facts/maven-folders.ts';
import { foldersUpwards, inFolder } from '../facts/paths.ts';
import type { Edge } from './edge.ts';

interface Language {
  readonly manifest: string;
  readonly has: (folder: string, index: ManifestIndex) => boolean;
  readonly dependencies: (folder: string, index: ManifestIndex) => readonly string[];
}

const python: Language = {
  manifest: 'pyproject.toml',
  has: (folder, index) => index.pyprojects.has(folder),
  dependencies: pythonDependencyFolders,
};
const go: Language = {
  manifest: 'go.mod',
  has: (folder, index) => index.gomods.has(folder),
  dependencies: goDependencyFolders,
};
const rust: Language = {
  manifest: 'Cargo.toml',
  has: (folder, index) => index.cargos.has(folder),
  dependencies: rustDependencyFolders,
};
const java: Language = {
  manifest: 'pom.xml',
  has: (folder, index) => index.poms.has(folder),
  dependencies: javaDependencyFolders,
};

/**
 * Edges that manifests declare. Every manifest speaks for the project that owns its folder; a Python
 * project without one of its own uses its ancestor's (a Go project without one is inside a module, where
 * imports tell).
 *
 * @param usesPython projects (by root) that have Python files and no pyproject.toml
 */
export function manifestEdges(
  index: ManifestIndex,
  ownerOf: (folder: string) => string | undefined,
  usesPython: ReadonlyMap<string, string>,
): readonly Edge[] {
  const edges: Edge[] = [];
  for (const [language, folders] of [
    [python, index.pyprojects.keys()],
    [go, index.gomods.keys()],
    [rust, index.cargos.keys()],
    [java, index.poms.keys()],
  ] as const) {
    for (const folder of folders) {
      const source = ownerOf(folder);
      if (source === undefined) continue;
      const file = inFolder(folder, language.manifest);
      for (const target of targetsOf(folder, language, index, ownerOf)) edges.push({ source, target, file });
    }
  }
  for (const [root, source] of usesPython) {
    const above = foldersUpwards(root).find((folder) => python.has(folder, index));
    if (above === undefined || above === root) continue;
    for (const target of targetsOf(above, python, index, ownerOf)) edges.push({ source, target });
  }
  return edges.filter(({ source, target }) => source !== target);
}

function targetsOf(
  folder: string,
  language: Language,
  index: ManifestIndex,
  ownerOf: (folder: string) => string | undefined,
): readonly string[] {
  return language.dependencies(folder, index).flatMap((dependency) => ownerOf(dependency) ?? []);
}
