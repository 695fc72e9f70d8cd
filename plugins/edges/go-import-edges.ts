import type { FactReader } from '../facts/fact-cache.ts';
import { type ManifestIndex, modulesOf } from '../facts/manifest-index.ts';
import { inFolder } from '../facts/paths.ts';
import type { Edge } from './edge.ts';

/**
 * Edges that Go imports show: an import path begins with the path of a module of this workspace, the rest
 * is the folder in it, and that folder's project is the target. So projects of one module find each other.
 *
 * @param filesByProject all files of each project
 */
export function goImportEdges(
  filesByProject: Readonly<Record<string, readonly { readonly file: string }[]>>,
  index: ManifestIndex,
  ownerOf: (folder: string) => string | undefined,
  reader: FactReader,
): readonly Edge[] {
  const modules = modulesOf(index);
  const sources = Object.keys(filesByProject).filter((project) =>
    filesByProject[project]?.some(({ file }) => file.endsWith('.go')),
  );
  if (modules.size === 0 || sources.length < 2) return [];
  const edges: Edge[] = [];
  for (const source of sources) {
    for (const { file } of filesByProject[source] ?? []) {
      if (!file.endsWith('.go')) continue;
      const read = reader.read('goimports', file);
      if (read.state === 'failed') continue;
      for (const path of read.facts) {
        const folder = folderOfImport(path, modules);
        const target = folder === undefined ? undefined : ownerOf(folder);
        if (target !== undefined && target !== source) edges.push({ source, target, file });
      }
    }
  }
  return edges;
}

/** `example.com/shop/stock/rules` with module `example.com/shop/stock` at `libs/stock` → `libs/stock/rules`. */
export function folderOfImport(path: string, modules: ReadonlyMap<string, string>): string | undefined {
  for (let prefix = path; prefix !== ''; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')))) {
    const folder = modules.get(prefix);
    if (folder === undefined) continue;
    const rest = path.slice(prefix.length + 1);
    return rest === '' ? folder : inFolder(folder, rest);
  }
  return undefined;
}
