import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { countProcess } from '../count-process.ts';
import { type DriverProgram, driveProcess } from '../drive-process.ts';
import type { DriveResult, HarnessContext, Prepared, PreparedFile, Side } from '../harness.ts';
import { type BuiltFile, buildSide } from './build-side.ts';
import { ThroughCriterion } from './through-criterion.ts';

/**
 * Builds one side's benchmark programs and readies them to be driven.
 *
 * @param general with criterion itself, which can do all
 */
export async function prepareSide(
  side: Side,
  files: readonly string[],
  context: HarnessContext,
  general: boolean,
): Promise<Prepared> {
  const scratch = join(context.scratch, 'tree');
  const built = await buildSide(side, files, scratch, context, general);
  const isStock = (file: string): boolean => {
    const found = built.get(file);
    return found?.state === 'built' && found.stock;
  };
  const program = (file: string): DriverProgram | undefined => {
    const found = built.get(file);
    if (found?.state !== 'built') return undefined;
    return {
      command: found.executable,
      // As cargo itself calls it; the path of the request comes last.
      args: ['--bench', '--assay-request'],
      cwd: side.projectRoot,
      env: {
        ...context.env,
        ...found.env,
        CARGO_TARGET_DIR: undefined,
        CARGO_MANIFEST_DIR: side.projectRoot,
      },
      target: found.executable,
      extra: { source: file },
    };
  };
  const stock = new Map<string, ThroughCriterion>();
  return {
    files: files.map((file) => preparedFile(file, built.get(file))),
    drive: async (request) => {
      const found = program(request.file);
      if (found === undefined) return notBuilt(request.file);
      if (isStock(request.file)) {
        const through = stock.get(request.file) ?? new ThroughCriterion(found, context);
        stock.set(request.file, through);
        return await through.drive(request);
      }
      const env = request.turns ? { ...manyCores(), ...found.env } : found.env;
      return await driveProcess({ ...found, env }, request, context);
    },
    count: async (request) => {
      const found = program(request.file);
      if (found === undefined)
        return { state: 'failed', reason: `${request.file} was not built`, output: '' };
      if (isStock(request.file)) {
        const reason = 'it is built with criterion itself, which cannot run a given number of operations';
        return { state: 'failed', reason, output: '' };
      }
      return await countProcess(found, request, context);
    },
    dispose: () => rm(scratch, { recursive: true, force: true }),
  };
}

/** A single core would change how many threads a pool starts; only where they run shall change. */
function manyCores(): Readonly<Record<string, string>> {
  const cores = String(availableParallelism());
  return {
    RAYON_NUM_THREADS: process.env.RAYON_NUM_THREADS ?? cores,
    TOKIO_WORKER_THREADS: process.env.TOKIO_WORKER_THREADS ?? cores,
  };
}

function preparedFile(file: string, built: BuiltFile | undefined): PreparedFile {
  if (built?.state !== 'built') {
    return {
      state: 'failed',
      file,
      reason: built?.reason ?? 'it was not built',
      output: built?.output ?? '',
    };
  }
  const { sources, digest, stock } = built;
  const how = stock ? { runner: 'criterion itself' } : { takesTurns: true };
  return { state: 'ready', file, sources, ...how, ...(digest === undefined ? {} : { digest }) };
}

function notBuilt(file: string): DriveResult {
  const process = { state: 'not-found', detail: `${file} was not built`, output: '', wallMs: 0 } as const;
  return { outcomes: [], duplicates: [], loaded: [], process };
}
