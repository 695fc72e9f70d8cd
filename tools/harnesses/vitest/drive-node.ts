import { driveProcess } from '../drive-process.ts';
import type { DriveRequest, DriveResult, HarnessContext, Side } from '../harness.ts';

/** A Node program to start for one request. */
export interface Program {
  /** Arguments of Node before the request's path. */
  readonly args: readonly string[];
  readonly target: string;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs one fresh Node process; our own Node options are not the benchmark's. */
export function driveNode(
  { args, target, extra, env }: Program,
  request: DriveRequest,
  side: Side,
  context: HarnessContext,
): Promise<DriveResult> {
  const own = { NODE_OPTIONS: context.env.NODE_OPTIONS, NODE_PATH: undefined };
  const program = { command: process.execPath, args, target, extra, cwd: side.projectRoot };
  return driveProcess({ ...program, env: { ...context.env, ...env, ...own } }, request, context);
}
