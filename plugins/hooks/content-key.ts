import { createHash } from 'node:crypto';
import type { CachedGraph } from '../../tools/nx/cached-graph.ts';
import { dependenciesOf } from '../../tools/nx/dependencies.ts';
import { compileGlob } from '../../tools/nx/glob.ts';
import type { ComparingTarget } from './reach.ts';
import { digestsByRoot, type TreeEntry } from './tree.ts';
import { workspaceInputs } from './workspace-inputs.ts';

export interface KeyRequest {
  readonly graph: CachedGraph;
  readonly namedInputs: Readonly<Record<string, readonly unknown[]>> | undefined;
  readonly workspaceRoot: string;
}

/**
 * A function from target to the hash of everything that it depends on in one commit: own files, those of
 * its dependencies, and the files at the workspace root that its inputs name. Two commits with the same
 * hash are the same base, so a moving main branch costs nothing.
 */
export function contentKeys(
  tree: readonly TreeEntry[],
  request: KeyRequest,
): (target: ComparingTarget) => string {
  const { graph, namedInputs, workspaceRoot } = request;
  const digests = digestsByRoot(
    tree,
    new Set(Object.values(graph.nodes).map(({ data }) => data.root || '.')),
  );
  const matches = new Map<string, readonly string[]>();
  const byPath = new Map(tree.map(({ path, id }) => [path, id]));
  return ({ project, target }) => {
    const node = graph.nodes[project];
    if (node === undefined) return '';
    const hash = createHash('sha256');
    for (const root of rootsBehind(project, graph)) hash.update(`${root}\0${digests.get(root) ?? ''}\n`);
    for (const glob of workspaceInputs(target, node, namedInputs)) {
      for (const row of rowsOf(glob)) hash.update(row);
    }
    return hash.digest('hex').slice(0, 40);
  };

  function rowsOf(glob: string): readonly string[] {
    const known = matches.get(glob);
    if (known !== undefined) return known;
    const rows = /[*?{}[\]!]/.test(glob)
      ? tree.filter(({ path }) => globOf(glob)(path)).map(({ path, id }) => `${path}\0${id}\n`)
      : byPath.has(glob)
        ? [`${glob}\0${byPath.get(glob)}\n`]
        : [];
    matches.set(glob, rows);
    return rows;
  }

  function globOf(glob: string): (path: string) => boolean {
    const compiled = globs.get(glob) ?? compileGlob(glob, workspaceRoot);
    globs.set(glob, compiled);
    return compiled;
  }
}

const globs = new Map<string, (path: string) => boolean>();

/** Roots of a project and of all it depends on, sorted. */
function rootsBehind(project: string, graph: CachedGraph): readonly string[] {
  const own = graph.nodes[project]?.data.root ?? '.';
  return [own, ...dependenciesOf(graph, project).map(({ root }) => root)].map((root) => root || '.').sort();
}
