import { countProcess } from '../count-process.ts';
import { type DriverProgram, driveProcess } from '../drive-process.ts';
import type {
  CountRequest,
  CountResult,
  DriveRequest,
  DriveResult,
  HarnessContext,
  Side,
} from '../harness.ts';
import { repeatableFlags } from './repeatable-flags.ts';

/** A Node program to start for one request. */
export interface Program {
  /** Arguments of Node before the request's path. */
  readonly args: readonly string[];
  readonly target: string;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs one fresh Node process. */
export function driveNode(
  program: Program,
  request: DriveRequest,
  side: Side,
  context: HarnessContext,
): Promise<DriveResult> {
  return driveProcess(driverOf(program, side, context), request, context);
}

/** Counts the instructions of one fresh Node process. */
export async function countNode(
  program: Program,
  request: CountRequest,
  side: Side,
  context: HarnessContext,
): Promise<CountResult> {
  const args = [...(await repeatableFlags(context)), ...program.args];
  return countProcess(driverOf({ ...program, args }, side, context), request, context);
}

/** Our own Node options are not the benchmark's. */
function driverOf({ args, target, extra, env }: Program, side: Side, context: HarnessContext): DriverProgram {
  const own = { NODE_OPTIONS: context.env.NODE_OPTIONS, NODE_PATH: undefined };
  return {
    ...{ command: process.execPath, args, target, extra, cwd: side.projectRoot },
    env: { ...context.env, ...env, ...own },
  };
}
