import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { basename, isAbsolute, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { removeTree } from '../files/remove-tree.ts';
import { TEMP_PREFIX } from '../files/temp-name.ts';
import { removeWorktree } from '../git/worktree.ts';
import { type Belonging, belongingKey, decodeMessage, GUARDIAN_FD } from './belongings.ts';
import { endGroup } from './group.ts';
import { LOCK_FILE_PREFIX } from './lock-record.ts';
import { createRunProcess } from './run.ts';

const GRACE_MS = 500;
const STAY = 'stay';

/** The watchdog. Started without an argument it starts itself in a process of its own and ends. */
async function main(): Promise<void> {
  if (process.argv[2] !== STAY) {
    spawn(process.execPath, [fileURLToPath(import.meta.url), STAY], {
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', GUARDIAN_FD],
      windowsHide: true,
    }).unref();
    return;
  }
  // Whoever ends us wants our owner's end: that we notice by the pipe, and only then is there work to do.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  // Half open: its end is how our owner learns that all is done.
  const channel = new Socket({ fd: GUARDIAN_FD, allowHalfOpen: true });
  channel.on('error', () => channel.destroy());
  const owned = new Map<string, Belonging>();
  for await (const line of createInterface({ input: channel })) {
    const message = decodeMessage(line);
    if (message === undefined) continue;
    if ('own' in message) owned.set(belongingKey(message.own), message.own);
    else owned.delete(belongingKey(message.drop));
  }
  await cleanUp([...owned.values()]);
  channel.destroy();
}

/** Processes first, since they write into the folders; the lock last, since the next run must find silence. */
async function cleanUp(owned: readonly Belonging[]): Promise<void> {
  const run = createRunProcess(() => undefined);
  const of = <K extends Belonging['kind']>(kind: K): Extract<Belonging, { kind: K }>[] =>
    owned.filter((one): one is Extract<Belonging, { kind: K }> => one.kind === kind);

  await Promise.allSettled(of('group').map((group) => endGroup(group.id, GRACE_MS, group.start)));
  for (const { repo, path } of of('worktree')) await attempt(() => removeWorktree({ repo, path, run }));
  for (const { path } of of('folder')) if (isOurs(path, TEMP_PREFIX)) await attempt(() => removeTree(path));
  for (const { path } of of('lock'))
    if (isOurs(path, LOCK_FILE_PREFIX)) await attempt(async () => rmSync(path, { force: true }));
}

function isOurs(path: string, prefix: string): boolean {
  return isAbsolute(path) && resolve(path) === path && basename(path).startsWith(prefix);
}

/** One thing that cannot be removed must not keep the others. */
async function attempt(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch {
    // nobody is left to tell
  }
}

await main();
