import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nxInternal } from './host.ts';
import { workspaceDataDirectory } from './workspace-data.ts';

/** The part of Nx's project graph that we read. */
export interface CachedGraph {
  readonly nodes: Readonly<Record<string, CachedNode>>;
  readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
}

export interface CachedNode {
  readonly data: {
    readonly root: string;
    readonly targets?: Readonly<Record<string, CachedTarget>>;
    readonly namedInputs?: Readonly<Record<string, readonly unknown[]>>;
  };
}

export interface CachedTarget {
  readonly executor?: string;
  readonly inputs?: readonly unknown[];
  readonly outputs?: readonly string[];
  readonly dependsOn?: readonly unknown[];
}

/**
 * The graph that Nx stored just before it runs tasks; undefined where there is none (the cache is
 * switched off). Reading the file is several times cheaper than loading the devkit for
 * `readCachedProjectGraph`, which serves where the file has another shape than the one we know.
 */
export function readCachedGraph(workspaceRoot: string): CachedGraph | undefined {
  return fromFile(workspaceRoot) ?? fromDevkit(workspaceRoot);
}

function fromFile(workspaceRoot: string): CachedGraph | undefined {
  try {
    const path = join(workspaceDataDirectory(workspaceRoot), 'project-graph.json');
    return asGraph(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function fromDevkit(workspaceRoot: string): CachedGraph | undefined {
  try {
    const read = nxInternal<() => unknown>(
      workspaceRoot,
      'nx/src/project-graph/project-graph',
      'readCachedProjectGraph',
    );
    return asGraph(read?.());
  } catch {
    return undefined;
  }
}

function asGraph(value: unknown): CachedGraph | undefined {
  const graph = value as Partial<CachedGraph> | null | undefined;
  if (typeof graph?.nodes !== 'object' || typeof graph.dependencies !== 'object') return undefined;
  return Object.values(graph.nodes).every((node) => typeof node?.data?.root === 'string')
    ? (graph as CachedGraph)
    : undefined;
}
