import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { packageFile } from '../files/package-file.ts';
import { type Belonging, belongingKey, encodeMessage } from './belongings.ts';

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

/** @param start effect that starts the watchdog program */
export function createGuardian(start: () => ChildProcess): Guardian {
  const owned = new Map<string, Belonging>();
  let child: ChildProcess | undefined;

  const send = (line: string): void => {
    child?.stdin?.write(line);
  };
  const ensure = (): void => {
    if (child !== undefined) return;
    const started = start();
    child = started;
    const lost = (): void => {
      if (child === started) child = undefined; // somebody ended it: the next call starts another and tells it all
    };
    started.on('error', lost);
    started.stdin?.on('error', lost);
    started.stdout?.on('close', lost).resume();
    for (const belonging of owned.values()) send(encodeMessage({ own: belonging }));
  };

  return {
    own(belonging) {
      ensure();
      owned.set(belongingKey(belonging), belonging);
      send(encodeMessage({ own: belonging }));
    },
    drop(belonging) {
      if (owned.delete(belongingKey(belonging))) send(encodeMessage({ drop: belonging }));
    },
    async finish(limitMs = 10_000) {
      const ending = child;
      if (ending?.stdout == null) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, limitMs);
      ending.stdout.once('close', resolve);
      (ending.stdout as Socket).ref();
      ending.stdin?.end();
      await promise;
      clearTimeout(timer);
      owned.clear();
    },
  };
}

/**
 * The program starts itself once more and ends (see guardian-main): what walks our process tree to kill it,
 * as Nx does, must not find the guardian there. Its end shows as the end of its standard output.
 */
function startGuardianProcess(): ChildProcess {
  const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, ...env } = process.env;
  const child = spawn(process.execPath, [packageFile('tools/kernel/process/guardian-main')], {
    cwd: '/',
    detached: true,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  child.unref();
  (child.stdin as Socket).unref();
  (child.stdout as Socket).unref();
  return child;
}
