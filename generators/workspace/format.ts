import { formatFiles, type Tree } from '@nx/devkit';

/** Formats what changed with the workspace's own formatter; does nothing where it has none. */
export async function formatChanges(tree: Tree, skip: boolean | undefined): Promise<void> {
  if (skip || tree.listChanges().length === 0) return;
  await formatFiles(tree);
}
