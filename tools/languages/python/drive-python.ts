import { join } from 'node:path';
import { driveProcess } from '../../harnesses/drive-process.ts';
import type { DriveRequest, DriveResult, HarnessContext, Side } from '../../harnesses/harness.ts';

/** A Python driver and what it runs on. */
export interface PythonDriver {
  readonly python: string;
  /** Absolute path of the driver's program. */
  readonly program: string;
  /** What this driver wants to know beside the protocol. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Runs one fresh Python process on one benchmark file. Compiled code is kept in the side's scratch folder. */
export function drivePython(
  { python, program, extra }: PythonDriver,
  request: DriveRequest,
  side: Side,
  context: HarnessContext,
): Promise<DriveResult> {
  return driveProcess(
    {
      command: python,
      args: [program],
      cwd: side.projectRoot,
      env: { ...context.env, ASSAY_PYTHON_CACHE: join(context.scratch, 'pycache') },
      target: join(side.projectRoot, request.file),
      extra: { root: side.projectRoot, ...extra },
    },
    request,
    context,
  );
}
