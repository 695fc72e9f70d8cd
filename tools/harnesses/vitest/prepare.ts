import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type {
  DriveRequest,
  DriveResult,
  HarnessContext,
  HarnessOptions,
  Prepared,
  PreparedFile,
  Side,
} from '../harness.ts';
import { type Bundled, bundleBenchmark } from './bundle/bundle.ts';
import { benchmarkNeedsVitest } from './bundle/needs-vite.ts';
import { countNode, driveNode, type Program } from './drive-node.ts';
import { findVitest, vitestProgram } from './through-vitest.ts';

type Built = { readonly prepared: PreparedFile; readonly program?: Program };

/** Builds one side, each file by itself: one file's failure is its own. */
export async function prepareSide(
  side: Side,
  files: readonly string[],
  options: HarnessOptions,
  context: HarnessContext,
): Promise<Prepared> {
  const built = new Map<string, Built>();
  for (const file of files) built.set(file, await prepareFile(side, file, options, context));
  return {
    files: [...built.values()].map(({ prepared }) => prepared),
    drive: async (request) => {
      const program = built.get(request.file)?.program;
      return program ? driveNode(program, request, side, context) : notPrepared(request);
    },
    count: async (request) => {
      const found = built.get(request.file);
      const runner = found?.prepared.state === 'ready' ? found.prepared.runner : undefined;
      if (found?.program && runner === 'fast') return countNode(found.program, request, side, context);
      const reason =
        runner === 'vitest'
          ? 'it runs through Vitest itself, in processes of its own'
          : 'its file was not built';
      return { state: 'failed', reason, output: '' };
    },
    dispose: async () => {
      rmSync(join(context.scratch, 'vitest-cache'), { recursive: true, force: true });
      for (const file of files) rmSync(bundlePath(context, file), { force: true });
      for (const file of files) rmSync(`${bundlePath(context, file)}.map`, { force: true });
    },
  };
}

async function prepareFile(
  side: Side,
  file: string,
  options: HarnessOptions,
  context: HarnessContext,
): Promise<Built> {
  const runner = options.settings?.runner ?? 'auto';
  try {
    const text = readFileSync(join(side.projectRoot, file), 'utf8');
    if (runner === 'vitest') return throughVitest(side, file, 'assay/bench.json asks for it');
    const bundled: Bundled = await bundleOrNot(side, file, text, context);
    if (bundled.state === 'needs-vite') {
      if (runner === 'fast') return failed(file, `the fast runner cannot run it: ${bundled.why}`, '');
      return throughVitest(side, file, bundled.why);
    }
    if (bundled.state === 'failed') return failed(file, bundled.reason, bundled.output);
    const { path, digest, selfContained, sources } = bundled;
    const extra = { sourceRoot: side.repoRoot, globals: !/['"]vitest['"]/.test(text) };
    return {
      prepared: {
        ...{ state: 'ready', file, sources, runner: 'fast', takesTurns: true },
        ...(selfContained ? { digest } : {}),
      },
      program: { args: [path], target: path, extra, env: {} },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(file, reason, reason);
  }
}

async function bundleOrNot(
  side: Side,
  file: string,
  text: string,
  context: HarnessContext,
): Promise<Bundled> {
  const why = benchmarkNeedsVitest(text);
  if (why !== undefined) return { state: 'needs-vite', why };
  return bundleBenchmark(side, file, bundlePath(context, file));
}

function throughVitest(side: Side, file: string, why: string): Built {
  const vitest = findVitest(side.projectRoot);
  if (vitest.state === 'missing') {
    return failed(file, `it needs Vitest (${why}), which ${vitest.what}`, '');
  }
  // Nothing is built, so there is no digest: equal code is not known to be equal.
  return {
    prepared: { state: 'ready', file, sources: [], runner: 'vitest' },
    program: vitestProgram(side, file, vitest),
  };
}

function failed(file: string, reason: string, output: string): Built {
  return { prepared: { state: 'failed', file, reason, output } };
}

/** Short and of one length, whatever the file is called. */
function bundlePath(context: HarnessContext, file: string): string {
  return join(context.scratch, `${createHash('sha256').update(file).digest('hex').slice(0, 16)}.mjs`);
}

function notPrepared(request: DriveRequest): DriveResult {
  return {
    outcomes: request.benchmarks.map((name) => ({ state: 'failed', name, reason: 'its file was not built' })),
    duplicates: [],
    loaded: [],
    process: { state: 'not-found', detail: `${request.file} was not built`, output: '', wallMs: 0 },
  };
}
