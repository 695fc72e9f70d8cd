import { setTimeout as sleep } from 'node:timers/promises';
import { startIdentity } from './process-identity.ts';

/**
 * Signals a whole process group (POSIX). Signal 0 only asks whether it still exists.
 *
 * The number of a group is free for others once its leader was waited for and its last member has gone, and a
 * leader that lived through one turn of the system's process ids may be followed at once by another of its number.
 * So where the leader's identity is known, a group whose number now belongs to another process is left alone: while
 * members of ours are left the system gives that number to nobody.
 *
 * @param start identity of the leader as `leaderIdentity` gave it; unknown where absent
 * @returns false where no process of the group is left
 */
export function signalGroup(group: number, signal: NodeJS.Signals | 0, start?: string): boolean {
  if (start !== undefined && isAnother(group, start)) return false;
  try {
    process.kill(process.platform === 'win32' ? group : -group, signal);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * What tells the leader of a group that was just started from a later process of its number; to be asked before
 * the leader was waited for. Undefined where the system makes that dear.
 */
export function leaderIdentity(leader: number): string | undefined {
  return process.platform === 'linux' ? startIdentity(leader) : undefined;
}

/** Ends a group: politely first, by force after `graceMs`. Returns when it is gone or cannot be ended. */
export async function endGroup(group: number, graceMs: number, start?: string): Promise<void> {
  if (!signalGroup(group, 'SIGTERM', start)) return;
  if (await goneWithin(group, graceMs, start)) return;
  signalGroup(group, 'SIGKILL', start);
  await goneWithin(group, 1000, start);
}

/** No process has the number, or a dead one that nobody waited for yet (''): then what is left is ours. */
function isAnother(group: number, start: string): boolean {
  const now = startIdentity(group);
  return now !== '' && now !== start;
}

async function goneWithin(group: number, ms: number, start: string | undefined): Promise<boolean> {
  const until = performance.now() + ms;
  for (;;) {
    if (!signalGroup(group, 0, start)) return true;
    if (performance.now() >= until) return false;
    await sleep(20);
  }
}
