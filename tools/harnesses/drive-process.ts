import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessResult } from '../kernel/process/types.ts';
import type { DriveRequest, DriveResult, HarnessContext } from './harness.ts';
import { type DriverRequest, readDriverEvents } from './protocol.ts';
import { pinned } from './turns.ts';

/** A driver to start for one request. */
export interface DriverProgram {
  readonly command: string;
  /** Arguments before the path of the request. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment of this side, laid over the inherited one. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the driver calls its target. */
  readonly target: string;
  /** What this kind of driver wants to know beside the protocol. */
  readonly extra: Readonly<Record<string, unknown>>;
}

let requests = 0;

/** Runs one fresh driver process, which takes the path of its request as last argument, and reads what it wrote. */
export async function driveProcess(
  program: DriverProgram,
  request: DriveRequest,
  context: HarnessContext,
): Promise<DriveResult> {
  // Of one length for all requests, so that no side has longer arguments than the other.
  const id = String(requests++ % 1e6).padStart(6, '0');
  const requestPath = join(context.scratch, `request-${id}.json`);
  const eventsPath = join(context.scratch, `events-${id}.jsonl`);
  const full: DriverRequest = { ...request, target: program.target, eventsPath };
  writeFileSync(requestPath, JSON.stringify({ ...full, ...program.extra }));
  writeFileSync(eventsPath, '');
  try {
    const args = [...program.args, requestPath];
    const line = request.turns
      ? pinned(request.turns.core, program.command, args)
      : [program.command, ...args];
    const result = await context.run({
      command: line[0] as string,
      args: line.slice(1),
      cwd: program.cwd,
      env: program.env,
      timeoutMs: request.timeoutMs,
      maxOutputBytes: 64 * 1024,
      ...(context.signal ? { signal: context.signal } : {}),
    });
    return readDriverEvents(readFileSync(eventsPath, 'utf8'), request.benchmarks, processEnd(result));
  } finally {
    rmSync(requestPath, { force: true });
    rmSync(eventsPath, { force: true });
  }
}

/** How a driver's process ended, with the end of what it printed. */
export function processEnd(result: ProcessResult): DriveResult['process'] {
  if (result.state === 'not-found') {
    return { state: 'not-found', detail: `${result.command}: ${result.reason}`, output: '', wallMs: 0 };
  }
  const output = `${result.stdout}\n${result.stderr}`.trim().slice(-4000);
  const base = { output, wallMs: result.durationMs };
  switch (result.state) {
    case 'exited':
      return { state: 'exited', detail: `exit code ${result.code}`, ...base };
    case 'timed-out':
      return { state: 'timed-out', detail: 'timed out', ...base };
    case 'signalled': {
      const memory = /heap out of memory/.test(result.stderr) ? ' (JavaScript heap out of memory)' : '';
      return { state: 'signalled', detail: `${result.signal}${memory}`, ...base };
    }
  }
}
