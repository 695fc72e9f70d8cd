import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { counting, evenEnvironment, readCount } from './counter.ts';
import { type DriverProgram, driveProcess } from './drive-process.ts';
import type { CountRequest, CountResult, DriveRequest, DriveResult, HarnessContext } from './harness.ts';

let counts = 0;

/** Where a counter writes; of one length for all. */
export function countLog(scratch: string): string {
  return join(scratch, `count-${String(counts++ % 1e6).padStart(6, '0')}.log`);
}

/** The request that a driver gets. */
export function countDriveRequest(request: CountRequest): DriveRequest {
  const { file, benchmark, warmup, operations, timeoutMs } = request;
  return {
    file,
    mode: 'count',
    benchmarks: [benchmark],
    iterations: { [benchmark]: operations },
    warmup: { [benchmark]: warmup },
    chunks: 0,
    targetChunkNs: 1,
    maxBenchmarkMs: timeoutMs,
    timeoutMs,
  };
}

/** Runs one fresh driver process under the counter. */
export async function countProcess(
  program: DriverProgram,
  request: CountRequest,
  context: HarnessContext,
): Promise<CountResult> {
  const log = countLog(context.scratch);
  const [command, ...args] = counting(request.counter, log, program.command, program.args);
  const env = evenEnvironment(program.env, process.env);
  try {
    const counted = { ...program, command, args, env };
    const result = await driveProcess(counted, countDriveRequest(request), context);
    return countResult(result, request, log);
  } finally {
    rmSync(log, { force: true });
  }
}

/** What driver and counter say together. */
export function countResult(result: DriveResult, request: CountRequest, log: string): CountResult {
  const { process, outcomes } = result;
  const failed = (reason: string): CountResult => ({ state: 'failed', reason, output: process.output });
  const outcome = outcomes.find(({ name }) => name === request.benchmark);
  if (process.state === 'timed-out') {
    return failed(
      `it took longer than ${Number((request.timeoutMs / 1000).toPrecision(2))} s under ${request.counter.name}`,
    );
  }
  if (outcome?.state === 'failed') return failed(outcome.reason);
  if (outcome?.state !== 'counted') return failed(`the driver did not tell that it ran (${process.detail})`);
  const instructions = readCount(read(log));
  if (instructions === undefined) {
    return failed(`${request.counter.name} came to no result (${process.detail}): ${said(log)}`);
  }
  const { operations, timedNs, untimedNs } = outcome;
  return { state: 'counted', instructions, operations, timedNs, untimedNs, wallMs: process.wallMs };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The last thing that the counter itself wrote. */
function said(log: string): string {
  const lines = read(log).trim().split('\n');
  return (lines.at(-1) ?? '').replace(/^==\d+==\s*/, '').slice(0, 300) || 'it wrote nothing';
}
