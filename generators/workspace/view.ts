import { createProjectGraphAsync, getProjects, type TargetConfiguration, type Tree } from '@nx/devkit';

/** A project as generators need it, wherever it comes from. */
export interface ProjectView {
  readonly name: string;
  /** Relative to the workspace root, POSIX separators; `.` for the root. */
  readonly root: string;
  readonly tags: readonly string[];
  readonly targets: Readonly<Record<string, TargetConfiguration>>;
}

/** Reads the projects of a workspace. An argument of generators, so that tests need no project graph. */
export type ReadProjects = (tree: Tree) => Promise<readonly ProjectView[]>;

/** Projects of the tree's own files: `project.json` and workspace packages; nothing that a plugin infers. */
export const readDeclaredProjects: ReadProjects = async (tree) =>
  [...getProjects(tree)].map(([name, { root, tags, targets }]) => ({
    name,
    root,
    tags: tags ?? [],
    targets: targets ?? {},
  }));

/**
 * Projects of the project graph, what plugins infer included. Where the graph cannot be made, the declared
 * ones: a generator must be able to mend a workspace whose graph fails.
 */
export const readGraphProjects: ReadProjects = async (tree) => {
  try {
    const graph = await createProjectGraphAsync({ exitOnError: false, resetDaemonClient: true });
    return Object.values(graph.nodes).map(({ name, data }) => ({
      name,
      root: data.root,
      tags: data.tags ?? [],
      targets: data.targets ?? {},
    }));
  } catch {
    return readDeclaredProjects(tree);
  }
};
