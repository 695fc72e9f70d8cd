import { createHash } from 'node:crypto';
import { folderOf, foldersUpwards, inFolder } from '../facts/paths.ts';
import type { Git } from './git.ts';

/** One file of a commit: what `git ls-tree` says of it. */
export interface TreeEntry {
  readonly path: string;
  /** Mode and object id: equal where content and kind are equal. */
  readonly id: string;
}

/** All files of a commit below the workspace root, which may lie below the root of the repository. */
export function readTree(commit: string, git: Git): readonly TreeEntry[] | undefined {
  const result = git(['ls-tree', '-r', '-z', commit]);
  return result.state === 'ok' ? parseTree(result.output) : undefined;
}

/** `<mode> <type> <object>\t<path>\0` for each file; paths are relative to the folder git ran in. */
export function parseTree(output: string): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (const row of output.split('\0')) {
    const tab = row.indexOf('\t');
    if (tab > 0) entries.push({ path: row.slice(tab + 1), id: row.slice(0, tab) });
  }
  return entries;
}

/**
 * Digest of each project's own files, by root. Left out are `assay/**` and the files named `*.bench.*`:
 * head's are used on both sides, so theirs at the base decide nothing.
 */
export function digestsByRoot(
  tree: readonly TreeEntry[],
  roots: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const owners = new Map<string, string | undefined>();
  const hashes = new Map<string, ReturnType<typeof createHash>>();
  for (const { path, id } of tree) {
    const folder = folderOf(path);
    let owner = owners.get(folder);
    if (owner === undefined && !owners.has(folder)) {
      owner = foldersUpwards(folder).find((above) => roots.has(above));
      owners.set(folder, owner);
    }
    if (owner === undefined || belongsToHead(path, owner)) continue;
    let hash = hashes.get(owner);
    if (hash === undefined) {
      hash = createHash('sha256');
      hashes.set(owner, hash);
    }
    hash.update(`${path}\0${id}\n`);
  }
  return new Map([...hashes].map(([root, hash]) => [root, hash.digest('hex')]));
}

function belongsToHead(path: string, root: string): boolean {
  return path.startsWith(inFolder(root, 'assay/')) || /\.bench\.(?:[mc]?[jt]s|[jt]sx)$/.test(path);
}
