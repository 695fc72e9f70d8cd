import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Build output, often large; looked into only where it is a package by itself. */
const OUTPUT = new Set(['dist', 'build', 'coverage', 'target', 'venv']);

/**
 * Folders of a tree that hold a `node_modules`, relative to its root (`''` is the root itself), sorted.
 *
 * @param except absolute folders not to look into (a checkout inside the tree)
 */
export function foldersWithModules(root: string, except: readonly string[] = []): readonly string[] {
  const found: string[] = [];
  const visit = (relative: string): void => {
    let entries: ReturnType<typeof list>;
    try {
      entries = list(join(root, relative));
    } catch {
      return; // not readable: nothing in it can be loaded either
    }
    for (const entry of entries) {
      if (entry.name === 'node_modules') found.push(relative);
      if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
      const inner = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (OUTPUT.has(entry.name) && !existsSync(join(root, inner, 'package.json'))) continue;
      if (!except.includes(join(root, inner))) visit(inner);
    }
  };
  visit('');
  return found.sort();
}

function list(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
