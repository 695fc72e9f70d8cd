import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type {
  DriveRequest,
  DriveResult,
  HarnessContext,
  HarnessOptions,
  Prepared,
  PreparedFile,
  Side,
} from '../../harnesses/harness.ts';
import { countPython, drivePython } from './drive-python.ts';
import { installRemedy } from './install-remedy.ts';
import { findInterpreter } from './toolchain.ts';

/** Exit code of a driver that lacks the library it drives. */
const LIBRARY_MISSING = 3;

export interface PythonHarness {
  /** Absolute path of the driver's program. */
  readonly program: string;
  /** Distributions to install where the library is missing. */
  readonly packages: readonly string[];
  /** Settings for the driver of one side beside the protocol's. */
  readonly extra: (scratch: string) => Readonly<Record<string, unknown>>;
  /** What a file that defines nothing to measure lacks. */
  readonly nothing: string;
}

/**
 * Prepares files in Python: there is nothing to build, so each file is listed once, which finds errors of
 * its imports, writes compiled code into the side's scratch folder and tells the sources.
 */
export async function preparePython(
  harness: PythonHarness,
  side: Side,
  files: readonly string[],
  options: HarnessOptions,
  context: HarnessContext,
): Promise<Prepared> {
  mkdirSync(context.scratch, { recursive: true });
  const environment = { ...process.env, ...context.env };
  const { run, signal } = context;
  const language = { run, ...(signal ? { signal } : {}), progress: () => {} };
  // What the language chose for this side has been looked at already.
  const python =
    context.env.ASSAY_PYTHON ??
    (await findInterpreter(side.projectRoot, side.workspaceRoot, language, environment));
  if (typeof python !== 'string' && python.state === 'missing') {
    return failedWhole(files, `${python.what} ${python.remedy}`);
  }
  const driver = {
    python: typeof python === 'string' ? python : python.interpreter.command,
    program: harness.program,
    extra: harness.extra(context.scratch),
  };
  const drive = (request: DriveRequest): Promise<DriveResult> => drivePython(driver, request, side, context);
  const prepared: PreparedFile[] = [];
  const listings = new Map<string, DriveResult>();
  // Nothing is measured yet, so that as many may run as there are cores.
  const waiting = files.entries();
  const work = async (): Promise<void> => {
    for (const [at, file] of waiting) {
      const listing = await drive(listRequest(file, options.processTimeoutMs));
      const ready = preparedFile(file, listing, harness, driver.python, side);
      if (ready.state === 'ready') listings.set(file, listing);
      prepared[at] = ready;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return {
    files: prepared,
    async drive(request) {
      const listing = listings.get(request.file);
      const listed = request.mode === 'list' && request.benchmarks.length === 0;
      return listed && listing ? listing : drive(request);
    },
    count: (request) => countPython(driver, request, side, context),
    async dispose() {},
  };
}

function listRequest(file: string, timeoutMs: number): DriveRequest {
  return {
    file,
    mode: 'list',
    benchmarks: [],
    iterations: {},
    warmup: {},
    chunks: 0,
    targetChunkNs: 1,
    maxBenchmarkMs: 0,
    timeoutMs,
  };
}

function preparedFile(
  file: string,
  listing: DriveResult,
  harness: PythonHarness,
  python: string,
  side: Side,
): PreparedFile {
  const { state, detail, output, wallMs } = listing.process;
  const failed = (reason: string): PreparedFile => ({ state: 'failed', file, reason, output });
  if (state === 'exited' && detail === `exit code ${LIBRARY_MISSING}`) {
    return failed(`${lastLine(output)}. ${installRemedy(harness.packages, python, side)}`);
  }
  if (state === 'timed-out') {
    return failed(`importing the file did not end within ${Math.round(wallMs / 1000)} s`);
  }
  if (state !== 'exited') return failed(`importing the file ended the process: ${detail}`);
  if (detail !== 'exit code 0') return failed(lastLine(output) || `importing the file failed (${detail})`);
  if (listing.outcomes.length === 0) return failed(harness.nothing);
  const sources = [...new Set([join(side.projectRoot, file), ...listing.loaded])];
  return { state: 'ready', file, sources, takesTurns: true };
}

function failedWhole(files: readonly string[], reason: string): Prepared {
  return {
    files: files.map((file) => ({ state: 'failed', file, reason, output: '' })),
    async drive(request) {
      return {
        outcomes: request.benchmarks.map((name) => ({ state: 'failed', name, reason })),
        duplicates: [],
        loaded: [],
        process: { state: 'not-found', detail: reason, output: '', wallMs: 0 },
      };
    },
    async dispose() {},
  };
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.trim() ?? '';
}
