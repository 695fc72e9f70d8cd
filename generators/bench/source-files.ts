import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';

const skipped = /^(node_modules|\..*|__pycache__|venv|env|vendor|testdata|site-packages)$/;
const MAX_FILES = 5_000;

/** Files below a folder of the tree, relative to the workspace root, sorted; no dependencies, nothing hidden. */
export function listFiles(tree: Tree, folder: string): readonly string[] {
  const files: string[] = [];
  const visit = (at: string): void => {
    for (const name of [...tree.children(at)].sort()) {
      if (files.length >= MAX_FILES) return;
      const path = posix.join(at, name);
      if (tree.isFile(path)) files.push(path);
      else if (!skipped.test(name)) visit(path);
    }
  };
  visit(folder === '' ? '.' : folder);
  return files;
}
