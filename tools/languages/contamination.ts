import { sep } from 'node:path';
import type { Side } from '../harnesses/harness.ts';

/** Folders of third-party code: shared between the sides on purpose. */
const THIRD_PARTY = new Set(['node_modules', 'site-packages', 'dist-packages', '.venv', 'venv']);

/**
 * Paths that a side loaded out of the other side's tree: each is a measurement of the wrong code.
 *
 * @param loaded absolute real paths
 */
export function contaminating(loaded: readonly string[], side: Side, other: Side): readonly string[] {
  return loaded.filter((path) => {
    if (isInside(path, side.repoRoot)) return false;
    if (!isInside(path, other.repoRoot)) return false;
    const inner = path.slice(other.repoRoot.length + 1).split(sep);
    return !inner.some((segment) => THIRD_PARTY.has(segment));
  });
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}
