import { join } from 'node:path';
import { countProcess } from '../../harnesses/count-process.ts';
import { type DriverProgram, driveProcess } from '../../harnesses/drive-process.ts';
import type {
  CountRequest,
  CountResult,
  DriveRequest,
  DriveResult,
  HarnessContext,
  Side,
} from '../../harnesses/harness.ts';

/** A Python driver and what it runs on. */
export interface PythonDriver {
  readonly python: string;
  /** Absolute path of the driver's program. */
  readonly program: string;
  /** What this driver wants to know beside the protocol. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Runs one fresh Python process on one benchmark file. */
export function drivePython(
  driver: PythonDriver,
  request: DriveRequest,
  side: Side,
  context: HarnessContext,
): Promise<DriveResult> {
  return driveProcess(programOf(driver, request.file, side, context), request, context);
}

/** Counts the instructions of one fresh Python process; a random hash seed alone would move them by a percent. */
export function countPython(
  driver: PythonDriver,
  request: CountRequest,
  side: Side,
  context: HarnessContext,
): Promise<CountResult> {
  const program = programOf(driver, request.file, side, context);
  return countProcess({ ...program, env: { ...program.env, PYTHONHASHSEED: '0' } }, request, context);
}

/** Compiled code is kept in the side's scratch folder. */
function programOf(
  { python, program, extra }: PythonDriver,
  file: string,
  side: Side,
  context: HarnessContext,
): DriverProgram {
  return {
    command: python,
    args: [program],
    cwd: side.projectRoot,
    env: { ...context.env, ASSAY_PYTHON_CACHE: join(context.scratch, 'pycache') },
    target: join(side.projectRoot, file),
    extra: { root: side.projectRoot, ...extra },
  };
}
