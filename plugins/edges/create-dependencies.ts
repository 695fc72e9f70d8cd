import { join } from 'node:path';
import type { CreateDependenciesContext, RawProjectGraphDependency } from '@nx/devkit';
import { workspaceDataDirectory } from '../../tools/nx/workspace-data.ts';
import { manifestIndex } from '../facts/manifest-index.ts';
import { warnOnce } from '../nodes/warnings.ts';
import { workspaceReader } from '../nodes/workspace-reader.ts';
import { dependenciesOf } from './dependencies.ts';
import { loadEdgeRecord, saveEdgeRecord } from './edge-record.ts';
import { goImportEdges } from './go-import-edges.ts';
import { manifestEdges } from './manifest-edges.ts';
import { ownerLookup } from './owners.ts';

/**
 * The plugin's `createDependencies`: edges between Python and between Go projects, without which a change
 * in a shared library would leave its consumers unaffected. Never throws.
 */
export async function createDependencies(
  context: CreateDependenciesContext,
): Promise<RawProjectGraphDependency[]> {
  try {
    const filesByProject = Object.fromEntries(
      Object.entries(context.fileMap.projectFileMap).map(([project, files]) => [
        project,
        files.map(({ file }) => file),
      ]),
    );
    const files = [
      ...Object.values(filesByProject).flat(),
      ...context.fileMap.nonProjectFiles.map(({ file }) => file),
    ];
    const manifests = files.filter((file) => /(?:^|\/)(?:pyproject\.toml|go\.mod)$/.test(file));
    if (manifests.length === 0) return [];
    const reader = await workspaceReader(context.workspaceRoot, manifests);
    try {
      const index = manifestIndex(manifests, reader);
      const ownerOf = ownerLookup(context.projects);
      const usesPython = new Map(
        Object.entries(context.projects)
          .filter(([name, { root }]) => !index.pyprojects.has(root) && hasPython(filesByProject[name]))
          .map(([name, { root }]) => [root, name]),
      );
      const edges = [
        ...manifestEdges(index, ownerOf, usesPython),
        ...goImportEdges(filesByProject, index, ownerOf, reader),
      ];
      const path = join(workspaceDataDirectory(context.workspaceRoot), 'nx-assay-edges.json');
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

function hasPython(files: readonly string[] | undefined): boolean {
  return files?.some((file) => file.endsWith('.py')) ?? false;
}
