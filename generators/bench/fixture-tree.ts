import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';

/** A workspace in memory with fixture folders copied into it (for tests). */
export function fixtureTree(folders: Readonly<Record<string, string>>): Tree {
  const tree = createTreeWithEmptyWorkspace();
  for (const [at, fixture] of Object.entries(folders)) {
    const from = join(import.meta.dirname, 'fixtures', fixture);
    for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      tree.write(join(at, file.slice(from.length)), readFileSync(file));
    }
  }
  return tree;
}
