import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessResult } from '../../kernel/process/types.ts';
import type { DriveRequest, DriveResult, HarnessContext, Side } from '../harness.ts';
import { type DriverRequest, readDriverEvents } from '../protocol.ts';

/** A program to start for one request. */
export interface Program {
  /** Arguments of Node before the request's path. */
  readonly args: readonly string[];
  /** What the driver calls its target. */
  readonly target: string;
  /** What this kind of driver wants to know beside the protocol. */
  readonly extra: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

let requests = 0;

/** Runs one fresh process and reads what it wrote. */
export async function driveProcess(
  program: Program,
  request: DriveRequest,
  side: Side,
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
    const result = await context.run({
      command: process.execPath,
      args: [...program.args, requestPath],
      cwd: side.projectRoot,
      env: { ...context.env, ...program.env, NODE_OPTIONS: context.env.NODE_OPTIONS, NODE_PATH: undefined },
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

function processEnd(result: ProcessResult): DriveResult['process'] {
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
