import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DriveRequest, DriveResult, HarnessContext, Side } from '../../harnesses/harness.ts';
import { type DriverRequest, readDriverEvents } from '../../harnesses/protocol.ts';
import type { ProcessResult } from '../../kernel/process/types.ts';

/** A Python driver and what it runs on. */
export interface PythonDriver {
  readonly python: string;
  /** Absolute path of the driver's program. */
  readonly program: string;
  /** What this driver wants to know beside the protocol. */
  readonly extra: Readonly<Record<string, unknown>>;
}

let requests = 0;

/** Runs one fresh Python process on one benchmark file and reads what it wrote. */
export async function drivePython(
  driver: PythonDriver,
  request: DriveRequest,
  side: Side,
  context: HarnessContext,
): Promise<DriveResult> {
  // Of one length for all requests, so that no side has longer arguments than the other.
  const id = String(requests++ % 1e6).padStart(6, '0');
  const requestPath = join(context.scratch, `request-${id}.json`);
  const eventsPath = join(context.scratch, `events-${id}.jsonl`);
  const full: DriverRequest = { ...request, target: join(side.projectRoot, request.file), eventsPath };
  writeFileSync(requestPath, JSON.stringify({ ...full, root: side.projectRoot, ...driver.extra }));
  writeFileSync(eventsPath, '');
  try {
    const result = await context.run({
      command: driver.python,
      args: [driver.program, requestPath],
      cwd: side.projectRoot,
      env: { ...context.env, ASSAY_PYTHON_CACHE: join(context.scratch, 'pycache') },
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
    case 'signalled':
      return { state: 'signalled', detail: result.signal, ...base };
  }
}
