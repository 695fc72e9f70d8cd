import { readFileSync } from 'node:fs';
import { writeCache } from '../facts/write-cache.ts';
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
  writeCache(path, JSON.stringify(store));
}

function isAttempts(entry: ProjectAttempts | null | undefined): boolean {
  return (
    typeof entry?.last === 'object' &&
    entry.last !== null &&
    Array.isArray(entry.pairs) &&
    entry.pairs.every(({ pair, attempt }) => typeof pair === 'string' && Number.isInteger(attempt))
  );
}
