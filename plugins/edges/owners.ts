import { foldersUpwards } from '../facts/paths.ts';

/** Which project a folder's files belong to: the nearest project at or above it, as Nx assigns files. */
export function ownerLookup(
  projects: Readonly<Record<string, { readonly root: string }>>,
): (folder: string) => string | undefined {
  const byRoot = new Map(Object.entries(projects).map(([name, { root }]) => [root || '.', name]));
  const memo = new Map<string, string | undefined>();
  return (folder) => {
    if (!memo.has(folder)) {
      const root = foldersUpwards(folder).find((above) => byRoot.has(above));
      memo.set(folder, root === undefined ? undefined : byRoot.get(root));
    }
    return memo.get(folder);
  };
}
