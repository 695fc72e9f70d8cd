import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expiredEntries } from '../../tools/kernel/waivers/expiry.ts';
import type { CachedTarget } from '../../tools/nx/cached-graph.ts';

/**
 * Which quarantine entries of a target's own config file have expired by a day; empty for none. A green result that
 * is in the cache was green while they held, so their end has to be part of the key: the file itself does not change.
 *
 * @param today UTC, such as 2026-01-31
 */
export function expiredWaivers(target: CachedTarget, workspaceRoot: string, today: string): string {
  return configFiles(target)
    .map((file) => expiredEntries(textOf(join(workspaceRoot, file)), today))
    .filter((expired) => expired !== '')
    .join(';');
}

/** `assay/<capability>.json` of the project, as the target's inputs name it. */
function configFiles(target: CachedTarget): readonly string[] {
  const wanted = /^\{workspaceRoot\}\/((?:.*\/)?assay\/[\w-]+\.json)$/;
  return (target.inputs ?? []).flatMap((input) => {
    const file = typeof input === 'string' ? wanted.exec(input)?.[1] : undefined;
    return file === undefined || /\/?assay\/(?:accepted|policy)\.json$/.test(file) ? [] : [file];
  });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
