import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One generated file: path relative to the repository root, and its whole text. */
export interface Artefact {
  readonly path: string;
  readonly text: string;
}

/** How a generated file on disk differs from what its source says now. */
export interface Drift {
  readonly path: string;
  readonly state: 'missing' | 'differs';
}

/** JSON as this repository writes it: two spaces, a line break at the end. */
export function jsonArtefact(path: string, value: unknown): Artefact {
  return { path, text: `${JSON.stringify(value, null, 2)}\n` };
}

/** Generated files that are absent or differ on disk. */
export function findDrift(root: string, artefacts: readonly Artefact[]): readonly Drift[] {
  return artefacts.flatMap(({ path, text }): Drift[] => {
    const file = join(root, path);
    if (!existsSync(file)) return [{ path, state: 'missing' }];
    return readFileSync(file, 'utf8') === text ? [] : [{ path, state: 'differs' }];
  });
}

/** Writes what differs; leaves equal files (and their times) alone. Returns the paths written. */
export function writeArtefacts(root: string, artefacts: readonly Artefact[]): readonly string[] {
  const drift = new Set(findDrift(root, artefacts).map((entry) => entry.path));
  for (const { path, text } of artefacts) {
    if (!drift.has(path)) continue;
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return [...drift];
}
