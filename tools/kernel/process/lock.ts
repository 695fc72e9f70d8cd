import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processErrors } from './errors.ts';
import { guardian } from './guardian.ts';
import { type Holder, LOCK_FILE_PREFIX, type LockRecord, listHolders } from './lock-record.ts';
import { machineIdentity, startIdentity } from './process-identity.ts';

/** Tells child processes that an ancestor of theirs holds the lock: the name of its file. */
const HELD = 'ASSAY_LOCK_HELD';
/** More than a guardian needs to end a group that ignores SIGTERM. */
const BURIAL_MS = 1500;

export interface LockOptions {
  /** Called when the wait begins and whenever another holder is found. */
  readonly onWait?: (holder: LockRecord) => void;
  readonly signal?: AbortSignal;
  /** Longest wait. Default: as long as it takes, since each holder ends or dies. */
  readonly timeoutMs?: number;
  /** Folder of the lock; for tests. */
  readonly folder?: string;
}

const inside = new AsyncLocalStorage<true>();

/**
 * Runs `fn` while no other measuring run of this machine, of whatever user or workspace, is measuring.
 * Calls from within `fn`, and from processes that it starts, go ahead at once.
 *
 * Announce, then look: each run puts a file of its own, never reused name into the folder, then lists the
 * folder; who sees another live one withdraws and waits. Of two that come at the same time at least one sees
 * the other. There is no shared file to steal: a dead holder's is removed, by whoever comes first.
 *
 * @throws AssayError `process/lock-timeout`, `process/lock-unusable`
 */
export async function withMeasuringLock<T>(fn: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const folder = options.folder ?? defaultLockFolder();
  const machine = machineIdentity();
  openFolder(folder);
  if (inside.getStore() === true || heldByAncestor(folder, machine)) return fn();

  const name = await acquire(folder, machine, options);
  const path = join(folder, name);
  const before = process.env[HELD];
  process.env[HELD] = name;
  try {
    return await inside.run(true, fn);
  } finally {
    if (before === undefined) delete process.env[HELD];
    else process.env[HELD] = before;
    rmSync(path, { force: true });
    guardian().drop({ kind: 'lock', path });
  }
}

/** `/tmp` and not `$TMPDIR`, which differs from user to user while the processor is the same. */
function defaultLockFolder(): string {
  return join(process.platform !== 'win32' && existsSync('/tmp') ? '/tmp' : tmpdir(), 'nx-assay-lock');
}

async function acquire(folder: string, machine: string, options: LockOptions): Promise<string> {
  const until = performance.now() + (options.timeoutMs ?? Number.POSITIVE_INFINITY);
  const deadSince = new Map<string, number>();
  let reported = '';
  for (;;) {
    options.signal?.throwIfAborted();
    const { live, dead } = listHolders(folder, machine);
    const [holder] = live;
    if (holder !== undefined && holder.file !== reported) {
      reported = holder.file;
      options.onWait?.(holder.record);
    }
    const waitsForGuardian = bury(folder, dead, deadSince);
    if (holder === undefined && !waitsForGuardian) {
      const name = announce(folder, machine);
      if (listHolders(folder, machine).live.every(({ file }) => file === name)) return name;
      withdraw(folder, name);
    }
    if (performance.now() >= until) {
      const { pid, cwd, since } = holder?.record ?? { pid: 0, cwd: 'another folder', since: 'just now' };
      const seconds = Math.round((options.timeoutMs ?? 0) / 1000);
      throw processErrors.create('process/lock-timeout', { seconds, pid, cwd, since });
    }
    // Jitter, so that two who withdrew for each other do not meet again.
    await sleep(50 + Math.random() * 150, undefined, options.signal && { signal: options.signal });
  }
}

/**
 * A dead holder's guardian ends its children first and then removes the record: it gets some time for that.
 *
 * @returns whether one of them still has time
 */
function bury(folder: string, dead: readonly Holder[], since: Map<string, number>): boolean {
  const now = performance.now();
  let waits = false;
  for (const { file } of dead) {
    if (!since.has(file)) since.set(file, now);
    if (now - since.get(file)! < BURIAL_MS) waits = true;
    else rmSync(join(folder, file), { force: true });
  }
  return waits;
}

function announce(folder: string, machine: string): string {
  const id = `${process.pid}-${randomUUID()}`;
  const name = LOCK_FILE_PREFIX + id;
  const record: LockRecord = {
    pid: process.pid,
    start: startIdentity(process.pid),
    machine,
    host: hostname(),
    since: new Date().toISOString(),
    cwd: process.cwd(),
  };
  const path = join(folder, name);
  guardian().own({ kind: 'lock', path });
  try {
    writeFileSync(join(folder, `new-${id}`), JSON.stringify(record), { flag: 'wx' });
    chmodSync(join(folder, `new-${id}`), 0o666);
    renameSync(join(folder, `new-${id}`), path);
  } catch (error) {
    throw processErrors.create('process/lock-unusable', { folder, reason: (error as Error).message }, error);
  }
  return name;
}

function withdraw(folder: string, name: string): void {
  const path = join(folder, name);
  rmSync(path, { force: true });
  guardian().drop({ kind: 'lock', path });
}

function heldByAncestor(folder: string, machine: string): boolean {
  const name = process.env[HELD];
  if (name === undefined || name === '') return false;
  return listHolders(folder, machine).live.some(
    ({ file, record }) => file === name && record.pid !== process.pid,
  );
}

/** Every user may add and remove files in it; a sticky folder would keep a dead user's lock for ever. */
function openFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    const stat = lstatSync(folder);
    if (!stat.isDirectory()) throw new Error('it is not a folder');
    if (stat.uid === process.getuid?.() && (stat.mode & 0o7777) !== 0o777) chmodSync(folder, 0o777);
  } catch (error) {
    throw processErrors.create('process/lock-unusable', { folder, reason: (error as Error).message }, error);
  }
}
