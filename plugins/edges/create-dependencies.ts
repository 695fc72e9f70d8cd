import type { CreateDependenciesContext, FileData, RawProjectGraphDependency } from '@nx/devkit';
import { manifestIndex } from '../facts/manifest-index.ts';
import { warnOnce } from '../nodes/warnings.ts';
import { cachePath, workspaceReader } from '../nodes/workspace-reader.ts';
import { dependenciesOf } from './dependencies.ts';
import { loadEdgeRecord, saveEdgeRecord } from './edge-record.ts';
import { goImportEdges } from './go-import-edges.ts';
import { manifestEdges } from './manifest-edges.ts';
import { ownerLookup } from './owners.ts';

/**
 * The plugin's `createDependencies`: edges between Python, between Go, between Rust and between Maven projects, without which a change
 * in a shared library would leave its consumers unaffected. Never throws.
 */
export async function createDependencies(
  context: CreateDependenciesContext,
): Promise<RawProjectGraphDependency[]> {
  try {
    const { projectFileMap, nonProjectFiles } = context.fileMap;
    const hashes = new Map<string, string>();
    for (const { file, hash } of [...Object.values(projectFileMap).flat(), ...nonProjectFiles]) {
      if (isRelevant.test(file)) hashes.set(file, hash);
    }
    const manifests = [...hashes.keys()].filter((file) => isManifest.test(file));
    if (manifests.length === 0) return [];
    const signature = (file: string) => hashes.get(file) ?? '';
    const reader = await workspaceReader(context.workspaceRoot, 'edge-facts', signature, manifests);
    try {
      const index = manifestIndex(manifests, reader);
      const ownerOf = ownerLookup(context.projects);
      const usesPython = new Map(
        Object.entries(context.projects)
          .filter(([name, { root }]) => !index.pyprojects.has(root) && hasPython(projectFileMap[name]))
          .map(([name, { root }]) => [root, name]),
      );
      const edges = [
        ...manifestEdges(index, ownerOf, usesPython),
        ...goImportEdges(projectFileMap, index, ownerOf, reader),
      ];
      const path = cachePath(context.workspaceRoot, 'edges');
      const previous = loadEdgeRecord(path);
      const { dependencies, record } = dependenciesOf(edges, context, previous);
      saveEdgeRecord(path, record, previous);
      return dependencies;
    } finally {
      reader.save();
    }
  } catch (error) {
    warnOnce()(`no edges were added: ${error instanceof Error ? error.message : String(error)}.`);
    return [];
  }
}

const isManifest = /(?:^|\/)(?:pyproject\.toml|go\.mod|Cargo\.toml|pom\.xml)$/;
const isRelevant = /(?:^|\/)(?:pyproject\.toml|go\.mod|Cargo\.toml|pom\.xml|[^/]+\.go)$/;

function hasPython(files: readonly FileData[] | undefined): boolean {
  return files?.some(({ file }) => file.endsWith('.py')) ?? false;
}
