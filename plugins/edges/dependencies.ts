import type { CreateDependenciesContext, DependencyType, RawProjectGraphDependency } from '@nx/devkit';
import type { Edge } from './edge.ts';

/** What we last said about each file while Nx was listening: file → names of target projects. */
export type EdgeRecord = Readonly<Record<string, readonly string[]>>;

export interface Dependencies {
  readonly dependencies: RawProjectGraphDependency[];
  readonly record: EdgeRecord;
}

/**
 * Edges in Nx's form. A static dependency belongs to a file, and Nx takes a file's dependencies from its
 * own cache for as long as the file does not change: what we say about an unchanged file is ignored. An
 * edge that is new although its file is old (its target became a project since) would be missing, so it is
 * given as an implicit one, which Nx takes as we say it.
 *
 * @param previous the record of the last call, in which Nx's cache is mirrored
 */
export function dependenciesOf(
  edges: readonly Edge[],
  context: Pick<CreateDependenciesContext, 'projects' | 'filesToProcess' | 'fileMap'>,
  previous: EdgeRecord,
): Dependencies {
  const owned = fileSets(context.fileMap.projectFileMap);
  const processed = fileSets(context.filesToProcess.projectFileMap);
  const found = new Map<string, RawProjectGraphDependency>();
  const record = new Map<string, Set<string>>();
  for (const { source, target, file } of edges) {
    if (context.projects[source] === undefined || context.projects[target] === undefined) continue;
    const heard = file !== undefined && (processed(source, file) || previous[file]?.includes(target));
    if (file !== undefined && heard && owned(source, file)) {
      const type = 'static' as DependencyType.static;
      found.set(`${source}\n${target}\n${file}`, { source, target, type, sourceFile: file });
      record.set(file, (record.get(file) ?? new Set()).add(target));
    } else {
      found.set(`${source}\n${target}`, { source, target, type: 'implicit' as DependencyType.implicit });
    }
  }
  return {
    dependencies: [...found.values()],
    record: Object.fromEntries([...record].map(([file, targets]) => [file, [...targets]])),
  };
}

type FilesOfProjects = CreateDependenciesContext['fileMap']['projectFileMap'];

/** Membership in a project's files, with a set made only for projects that are asked for. */
function fileSets(map: FilesOfProjects): (project: string, file: string) => boolean {
  const sets = new Map<string, ReadonlySet<string>>();
  return (project, file) => {
    let set = sets.get(project);
    if (set === undefined) {
      set = new Set((map[project] ?? []).map((data) => data.file));
      sets.set(project, set);
    }
    return set.has(file);
  };
}
