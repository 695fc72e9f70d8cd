/** The part of a project graph that walking it needs; the executor's and the cached one both have it. */
export interface WalkableGraph {
  readonly nodes: Readonly<Record<string, { readonly data: { readonly root: string } }>>;
  readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
}

/** Workspace projects that a project depends on, transitively and without itself, sorted by root. Pure. */
export function dependenciesOf(
  graph: WalkableGraph,
  project: string,
): readonly { readonly name: string; readonly root: string }[] {
  const seen = new Set([project]);
  const open = [project];
  const found: { name: string; root: string }[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { target } of graph.dependencies[next] ?? []) {
      const node = graph.nodes[target];
      if (node === undefined || seen.has(target)) continue;
      seen.add(target);
      open.push(target);
      found.push({ name: target, root: node.data.root });
    }
  }
  return found.sort((a, b) => (a.root < b.root ? -1 : 1));
}
