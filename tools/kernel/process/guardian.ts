import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { packageFile } from '../files/package-file.ts';
import {
  type Belonging,
  belongingKey,
  encodeMessage,
  GUARDIAN_FD,
  type GuardianMessage,
} from './belongings.ts';

/**
 * A watchdog process of ours that outlives us for a moment: when our end of its pipe closes (exit, crash or
 * SIGKILL), it ends what we started and removes what we made. Nothing else can answer a SIGKILL.
 */
export interface Guardian {
  /** From now on the guardian cleans this up when we die. Starts the guardian where it does not run yet. */
  own(belonging: Belonging): void;
  /** It is gone, or no longer ours. */
  drop(belonging: Belonging): void;
  /** Lets the guardian clean up all that is still owned, and waits for its end (at most `limitMs`). */
  finish(limitMs?: number): Promise<void>;
}

/** The one guardian of this process. */
export function guardian(): Guardian {
  const key = Symbol.for('nx-assay.guardian');
  const holder = globalThis as unknown as Record<symbol, Guardian | undefined>;
  holder[key] ??= createGuardian(startGuardianProcess);
  return holder[key];
}

/** @param start effect that starts the watchdog program; gives our end of its channel */
export function createGuardian(start: () => Socket): Guardian {
  const owned = new Map<string, Belonging>();
  let channel: Socket | undefined;

  const send = (message: GuardianMessage): void => {
    channel?.write(encodeMessage(message));
  };
  const ensure = (): void => {
    if (channel !== undefined) return;
    const started = start();
    channel = started;
    const lost = (): void => {
      if (channel === started) channel = undefined; // somebody ended it: the next call starts another and tells it all
    };
    started.on('error', lost).on('close', lost).resume();
    started.unref();
    for (const belonging of owned.values()) send({ own: belonging });
  };

  return {
    own(belonging) {
      ensure();
      owned.set(belongingKey(belonging), belonging);
      send({ own: belonging });
    },
    drop(belonging) {
      if (owned.delete(belongingKey(belonging))) send({ drop: belonging });
    },
    async finish(limitMs = 10_000) {
      const ending = channel;
      if (ending === undefined) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, limitMs);
      ending.once('close', resolve);
      ending.ref();
      ending.end();
      await promise;
      clearTimeout(timer);
      owned.clear();
    },
  };
}

/**
 * The program starts itself once more and ends (see guardian-main): what walks our process tree to kill it,
 * as Nx does, must not find the guardian there. So the channel is none of the three standard streams, which
 * Node closes when the process it started ends.
 */
function startGuardianProcess(): Socket {
  const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, ...env } = process.env;
  const child = spawn(process.execPath, [packageFile('tools/kernel/process/guardian-main')], {
    cwd: '/',
    detached: true,
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  child.on('error', () => {}); // the channel closes then, which is noticed
  child.unref();
  return child.stdio[GUARDIAN_FD] as Socket;
}
