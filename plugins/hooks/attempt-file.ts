import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AttemptStore, ProjectAttempts } from './attempts.ts';

/** Attempts of earlier runs. A file that is missing or damaged counts as none. */
export function loadAttempts(path: string): AttemptStore {
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const rows = Object.entries(json as Record<string, ProjectAttempts>).filter(([, entry]) =>
      isAttempts(entry),
    );
    return Object.fromEntries(rows);
  } catch {
    return {};
  }
}

/** Never throws: at worst an undecided result is shown once more from the cache. */
export function saveAttempts(path: string, store: AttemptStore): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, JSON.stringify(store));
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
  }
}

function isAttempts(entry: ProjectAttempts | null | undefined): boolean {
  return (
    typeof entry?.last === 'string' &&
    Array.isArray(entry.pairs) &&
    entry.pairs.every(({ pair, attempt }) => typeof pair === 'string' && Number.isInteger(attempt))
  );
}
