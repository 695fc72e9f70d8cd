import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { endGroup, leaderIdentity, signalGroup } from './group.ts';
import { type Guardian, guardian } from './guardian.ts';
import { cappedOutput } from './output.ts';
import { isShuttingDown } from './shutdown.ts';
import type { ProcessRequest, ProcessResult, RunProcess } from './types.ts';

const DEFAULT_OUTPUT_BYTES = 1024 * 1024;
/** Between SIGTERM and SIGKILL. */
const GRACE_MS = 500;
/** A daemon that left the group may keep our pipes open: we do not wait for it. */
const CLOSE_MS = 250;

/**
 * Runs a process to its end in a group of its own; what it leaves of that group is killed.
 *
 * @throws the reason of `request.signal`, once the group is gone, where it was aborted
 */
export const runProcess: RunProcess = createRunProcess(guardian);

/** @param keeper who cleans up if we die; undefined for nobody (the guardian itself) */
export function createRunProcess(keeper: () => Guardian | undefined): RunProcess {
  return async (request) => {
    request.signal?.throwIfAborted();
    if (isShuttingDown()) return never();
    const startedAt = performance.now();
    let child: ChildProcess;
    try {
      child = begin(request);
    } catch (error) {
      return notFound(request, error as NodeJS.ErrnoException);
    }
    const group = child.pid;
    if (group === undefined) {
      const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException>();
      child.once('error', resolve);
      return notFound(request, await promise);
    }
    const start = leaderIdentity(group);
    const belonging = { kind: 'group', id: group, ...(start === undefined ? {} : { start }) } as const;
    const keeps = keeper();
    keeps?.own(belonging);
    try {
      return await follow(child, belonging, request, startedAt);
    } finally {
      keeps?.drop(belonging);
    }
  };
}

function begin(request: ProcessRequest): ChildProcess {
  return spawn(request.command, request.args, {
    cwd: request.cwd,
    env: request.env === undefined ? process.env : { ...process.env, ...request.env },
    detached: true,
    stdio: [request.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** Waits for the end of a started child, whatever it takes. */
async function follow(
  child: ChildProcess,
  { id: group, start }: { readonly id: number; readonly start?: string },
  request: ProcessRequest,
  startedAt: number,
): Promise<ProcessResult> {
  const maxBytes = request.maxOutputBytes ?? DEFAULT_OUTPUT_BYTES;
  const stdout = cappedOutput(maxBytes);
  const stderr = cappedOutput(maxBytes);
  child.stdout?.on('data', stdout.push);
  child.stderr?.on('data', stderr.push);
  if (request.input !== undefined) {
    child.stdin?.on('error', () => {}); // it need not read all that we offer
    child.stdin?.end(request.input);
  }

  let stopped: 'timed-out' | 'aborted' | undefined;
  const stop = (why: 'timed-out' | 'aborted'): void => {
    stopped ??= why;
    void endGroup(group, GRACE_MS, start);
  };
  const timer = setTimeout(() => stop('timed-out'), request.timeoutMs);
  const abort = (): void => stop('aborted');
  request.signal?.addEventListener('abort', abort, { once: true });

  const { code, signal } = await ended(child);
  const durationMs = performance.now() - startedAt;
  clearTimeout(timer);
  request.signal?.removeEventListener('abort', abort);
  // The leader has been waited for: its number may be another's by now.
  signalGroup(group, 'SIGKILL', start);
  await closed(child);
  if (isShuttingDown()) return never();
  if (stopped === 'aborted') throw request.signal?.reason;

  const output = {
    stdout: stdout.text(),
    stderr: stderr.text(),
    truncated: stdout.truncated || stderr.truncated,
    durationMs,
  };
  if (stopped === 'timed-out') return { state: 'timed-out', ...output };
  if (code !== null) return { state: 'exited', code, ...output };
  return { state: 'signalled', signal: signal ?? 'unknown', ...output };
}

function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.on('error', () => {}); // a failed kill; the exit still comes
  });
}

function closed(child: ChildProcess): Promise<void> {
  if (child.stdout?.closed !== false && child.stderr?.closed !== false) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve();
    }, CLOSE_MS);
    child.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function notFound(request: ProcessRequest, error: NodeJS.ErrnoException): ProcessResult {
  const reason = existsSync(request.cwd)
    ? (REASONS[error.code ?? ''] ?? error.message)
    : `its working folder ${request.cwd} does not exist`;
  return { state: 'not-found', command: request.command, reason };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such program',
  EACCES: 'it is not executable by this user',
  E2BIG: 'its arguments are longer than the system allows',
};

/** The run has been ended by a signal: whoever waits here waits for the end of this process. */
function never(): Promise<never> {
  return new Promise(() => {});
}
