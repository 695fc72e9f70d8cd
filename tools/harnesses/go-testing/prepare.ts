import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { goEnvironment } from '../../languages/go/go-environment.ts';
import type { DriveResult, HarnessContext, Prepared, PreparedFile, Side } from '../harness.ts';
import { type Build, type BuildContext, binaryPath, buildPackage, fileDigest } from './build-package.ts';
import { type CountBuild, countBuild, countGo } from './count.ts';
import { drive, type Target } from './drive.ts';
import { benchmarkFunctions } from './go-source.ts';
import { packageSources } from './package-sources.ts';
import { buildReduced } from './reduce-tests.ts';
import { packageFolders } from './test-sources.ts';
import { overlayTesting, userOverlay } from './testing-overlay.ts';

/** Builds one test binary a package and readies its files to be driven. */
export async function prepareSide(
  side: Side,
  files: readonly string[],
  context: HarnessContext,
): Promise<Prepared> {
  const scratch = join(context.scratch, 'go-testing');
  await mkdir(scratch, { recursive: true });
  const targets = new Map<string, CountableTarget>();
  const prepared = await buildAll(side, files, scratch, context, targets);
  return {
    files: prepared,
    drive: async (request) => {
      const target = targets.get(request.file);
      return target ? await drive(request, target, context) : notBuilt(request.file);
    },
    count: async (request) => {
      const target = targets.get(request.file);
      if (target) return await countGo(request, target, target.forCounting, context);
      return { state: 'failed', reason: 'its file was not built', output: '' };
    },
    dispose: () => rm(scratch, { recursive: true, force: true }),
  };
}

interface CountableTarget extends Target {
  /** Builds it as counting needs it, once, when first asked for. */
  readonly forCounting: CountBuild;
}

async function buildAll(
  side: Side,
  files: readonly string[],
  scratch: string,
  context: HarnessContext,
  targets: Map<string, CountableTarget>,
): Promise<readonly PreparedFile[]> {
  const { run, env, signal } = context;
  const root = side.projectRoot;
  const found = await goEnvironment(run, root, env, signal);
  if (found.state === 'missing') return allFailed(files, found.reason, found.output);
  const { go } = found;
  const overlay = await overlayTesting(go, scratch);
  if (overlay.state === 'unknown') return allFailed(files, overlay.reason, '');
  const folders = packageFolders(files);
  const sources = await packageSources(run, root, folders, go, env, signal);
  const building: BuildContext = {
    run,
    ...(signal ? { signal } : {}),
    command: overlay.command,
    env: { ...env, ...overlay.env },
    trimPath: !sources.looksForItself,
  };
  const replace = { ...(await userOverlay(go.GOFLAGS)), ...overlay.replace };
  const outcomes = new Map<string, PreparedFile>();
  for (const folder of folders) {
    const own = files.filter((file) => dirname(file) === folder);
    const request = { folder: join(root, folder), binary: binaryPath(scratch, folder), replace };
    // What does not compile at head is wrong; on the base it may just be newer than its code.
    const build =
      side.name === 'base' ? await buildReduced(request, building) : await buildPackage(request, building);
    const forCounting = countBuild(
      { ...request, binary: binaryPath(scratch, `count ${folder}`) },
      building,
      go,
      side.name === 'base' ? buildReduced : buildPackage,
    );
    const closed = building.trimPath && !sources.reading.has(folder);
    const digest = build.state === 'built' && closed ? await fileDigest(build.binary) : undefined;
    for (const file of own) {
      outcomes.set(file, outcome(file, build, digest, sources.paths));
      if (build.state !== 'built') continue;
      const text = await readFile(join(root, file), 'utf8');
      targets.set(file, {
        binary: build.binary,
        folder: request.folder,
        functions: benchmarkFunctions(text),
        forCounting,
      });
    }
  }
  return files.map((file) => outcomes.get(file)!);
}

function outcome(
  file: string,
  build: Build,
  digest: string | undefined,
  sources: readonly string[],
): PreparedFile {
  return build.state === 'failed'
    ? { state: 'failed', file, reason: build.reason, output: build.output }
    : { state: 'ready', file, sources, takesTurns: true, ...(digest === undefined ? {} : { digest }) };
}

function allFailed(files: readonly string[], reason: string, output: string): readonly PreparedFile[] {
  return files.map((file) => ({ state: 'failed', file, reason, output }));
}

function notBuilt(file: string): DriveResult {
  const process = { state: 'not-found', detail: `${file} was not built`, output: '', wallMs: 0 } as const;
  return { outcomes: [], duplicates: [], loaded: [], process };
}
