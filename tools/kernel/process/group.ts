import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Signals a whole process group (POSIX). Signal 0 only asks whether it still exists.
 *
 * @returns false where no process of the group is left
 */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(process.platform === 'win32' ? group : -group, signal);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ends a group: politely first, by force after `graceMs`. Returns when it is gone or cannot be ended. */
export async function endGroup(group: number, graceMs: number): Promise<void> {
  if (!signalGroup(group, 'SIGTERM')) return;
  if (await goneWithin(group, graceMs)) return;
  signalGroup(group, 'SIGKILL');
  await goneWithin(group, 1000);
}

async function goneWithin(group: number, ms: number): Promise<boolean> {
  const until = performance.now() + ms;
  for (;;) {
    if (!signalGroup(group, 0)) return true;
    if (performance.now() >= until) return false;
    await sleep(20);
  }
}
