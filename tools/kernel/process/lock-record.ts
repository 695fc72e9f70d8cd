import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startIdentity } from './process-identity.ts';

/** Names of files that say "I measure"; what else lies in the folder is ignored. */
export const LOCK_FILE_PREFIX = 'holder-';

/** Who holds the measuring lock, or wants to. */
export interface LockRecord {
  readonly pid: number;
  /** See `startIdentity`. */
  readonly start: string;
  /** See `machineIdentity`. */
  readonly machine: string;
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
  readonly cwd: string;
}

export interface Holder {
  readonly file: string;
  readonly record: LockRecord;
}

/** `dead`: the process is gone, and what it started may not be gone yet. */
export interface Holders {
  readonly live: readonly Holder[];
  readonly dead: readonly Holder[];
}

/**
 * Who is in the folder. Records that say nothing about this machine (unreadable, of another boot or another
 * container) are removed on the way: a name is never used twice, so that removing one cannot hit its successor.
 */
export function listHolders(folder: string, machine: string): Holders {
  const live: Holder[] = [];
  const dead: Holder[] = [];
  for (const file of readdirSync(folder)) {
    if (!file.startsWith(LOCK_FILE_PREFIX)) continue;
    const path = join(folder, file);
    const record = readRecord(path);
    if (record === 'gone') continue;
    if (record === 'broken' || record.machine !== machine) rmSync(path, { force: true });
    else (isRunning(record) ? live : dead).push({ file, record });
  }
  return { live, dead };
}

function isRunning({ pid, start }: LockRecord): boolean {
  return start !== '' && startIdentity(pid) === start;
}

/** Records appear whole (by rename), so that an unreadable one is nobody's. */
function readRecord(path: string): LockRecord | 'gone' | 'broken' {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'broken';
  }
  try {
    const value = JSON.parse(text) as Partial<LockRecord> | null;
    return typeof value?.pid === 'number' && typeof value.start === 'string'
      ? (value as LockRecord)
      : 'broken';
  } catch {
    return 'broken';
  }
}
