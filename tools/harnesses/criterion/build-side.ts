import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, sep } from 'node:path';
import { type CargoMetadata, cargoMetadata } from '../../languages/rust/cargo-metadata.ts';
import type { HarnessContext, Side } from '../harness.ts';
import { amendManifest } from './amend-manifest.ts';
import { type Build, type BuildContext, buildTargets, type Target } from './build.ts';
import { sourcesOf } from './dep-info.ts';
import { readsAtRunTime } from './reads-at-run-time.ts';
import { seedTarget } from './seed.ts';
import { inShadow, makeShadowTree } from './shadow-tree.ts';
import { replacedCrates, withoutAllocator, withoutReplaced, writeStandIns } from './stand-in.ts';

/** One benchmark file after building. */
export type BuiltFile =
  | {
      readonly state: 'built';
      readonly executable: string;
      readonly sources: readonly string[];
      readonly digest?: string;
      /** Criterion itself is built in, in place of our stand-in. */
      readonly stock: boolean;
      /** What running it needs beside the side's own environment. */
      readonly env: Readonly<Record<string, string>>;
    }
  | { readonly state: 'failed'; readonly reason: string; readonly output: string };

/**
 * Builds a side in a shadow of its tree, with our stand-in for criterion: neither the user's manifests nor the lockfile
 * are touched, and criterion's own dependencies need not be compiled.
 *
 * @param shadow absolute folder to make; it must stay as long as the programs run
 * @param general with criterion itself, which can do all
 */
export async function buildSide(
  side: Side,
  files: readonly string[],
  shadow: string,
  context: HarnessContext,
  general = false,
): Promise<ReadonlyMap<string, BuiltFile>> {
  const { run, env, signal } = context;
  const read = await cargoMetadata(run, side.projectRoot, env, signal);
  if (read.state === 'failed') return allFailed(files, read.reason, read.output);
  const { metadata } = read;
  const root = metadata.workspace_root;
  // A workspace that is larger than the repository has no second copy of itself.
  const top = isInside(root, side.repoRoot) ? side.repoRoot : root;
  await rm(shadow, { recursive: true, force: true });
  await makeShadowTree(top, [root, side.projectRoot], shadow);
  const own = { root: inShadow(top, root, shadow), project: inShadow(top, side.projectRoot, shadow) };
  const names = await amendManifest(own.project, files);
  const standIns = await standInArgs(own.root, metadata);
  const targetFolder = env.CARGO_TARGET_DIR ?? join(context.scratch, 'target');
  await seedTarget(targetFolder);
  const manifest = ['--manifest-path', join(own.project, 'Cargo.toml')];
  const building: BuildContext = {
    run,
    ...(signal ? { signal } : {}),
    env,
    cwd: side.projectRoot,
    targetFolder,
    args: [...manifest, ...standIns],
    packages: metadata.packages.map(({ name }) => name),
  };
  const targets = files.map((file) => targetOf(file, names, metadata, side));
  let builds = general ? new Map<string, Build>() : await buildTargets(targets, building);
  if ([...builds.values()].some(hasOwnAllocator)) {
    await withoutAllocator(own.root);
    builds = await buildTargets(targets, building);
  }
  const beyond = targets.filter(({ name }) => needsCriterion(builds.get(name)));
  if (beyond.length > 0) await restoreLockfile(root, own.root);
  const stock =
    beyond.length > 0
      ? await buildTargets(beyond, { ...building, args: manifest })
      : new Map<string, Build>();
  const found = new Map<string, BuiltFile>();
  for (const [at, file] of files.entries()) {
    const { name } = targets[at]!;
    const build = better(builds.get(name), stock.get(name));
    found.set(
      file,
      build === undefined
        ? missing(file)
        : await fileOf(build, [own.root, own.project], shadow, targetFolder, stock.get(name) === build),
    );
  }
  return found;
}

/** True where what does not compile is a use of criterion, or nothing has been tried yet. */
function needsCriterion(build: Build | undefined): boolean {
  if (build === undefined) return true;
  return (
    build.state === 'failed' &&
    /\bcriterion\d?::|`criterion\d?`|Criterion|Bencher|Benchmark(?:Group|Id)/.test(build.output)
  );
}

/** Where criterion itself could not be had either, both reasons are told. */
function better(standIn: Build | undefined, stock: Build | undefined): Build | undefined {
  if (standIn?.state !== 'failed' || stock?.state !== 'failed') return stock ?? standIn;
  if (/error\[E\d+\]/.test(stock.reason)) return stock;
  const reason = `${standIn.reason}; and with criterion itself: ${stock.reason}`;
  return { ...standIn, reason, output: `${standIn.output}\n${stock.output}` };
}

async function restoreLockfile(from: string, to: string): Promise<void> {
  await rm(join(to, 'Cargo.lock'), { force: true });
  if (existsSync(join(from, 'Cargo.lock'))) await copyFile(join(from, 'Cargo.lock'), join(to, 'Cargo.lock'));
}

function hasOwnAllocator(build: Build): boolean {
  return build.state === 'failed' && /`?#\[global_allocator\]`?|global allocator/.test(build.output);
}

/** Takes the replaced crates out of the copied lockfile and writes what stands in for them. */
async function standInArgs(root: string, metadata: CargoMetadata): Promise<readonly string[]> {
  const path = join(root, 'Cargo.lock');
  const lockfile = await readFile(path, 'utf8').catch(() => undefined);
  const replaced = replacedCrates(lockfile, metadata);
  const all = replaced.length > 0 ? replaced : [{ crate: 'criterion', version: '0.5.1' }];
  if (lockfile !== undefined) await writeFile(path, withoutReplaced(lockfile, all));
  return await writeStandIns(root, all);
}

function targetOf(
  file: string,
  names: ReadonlyMap<string, string>,
  metadata: CargoMetadata,
  side: Side,
): Target {
  const own = metadata.packages.find(({ manifest_path }) => dirname(manifest_path) === side.projectRoot);
  const told = own?.targets.find(({ src_path }) => src_path === join(side.projectRoot, file));
  return { name: names.get(file) ?? file, features: told?.['required-features'] ?? [] };
}

async function fileOf(
  build: Build,
  bases: readonly string[],
  shadow: string,
  targetFolder: string,
  stock: boolean,
): Promise<BuiltFile> {
  if (build.state === 'failed') return build;
  const { executable, messages } = build;
  const others = new Set([...messages.executables.values()].filter((other) => other !== executable));
  const all = await sourcesOf(
    messages.artefacts.filter((path) => !others.has(path)),
    bases,
  );
  // Ours, and what build scripts generate: neither is of a tree.
  const sources = all.filter((path) => !isInside(path, shadow) && !isInside(path, targetFolder));
  const texts = await Promise.all(sources.map((path) => readFile(path, 'utf8').catch(() => 'fs')));
  const digest = texts.some(readsAtRunTime) ? undefined : await fileDigest(executable);
  return {
    state: 'built',
    executable,
    sources,
    stock,
    env: libraryPath(messages.linkedPaths.filter((path) => isInside(path, targetFolder))),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** Where the system's loader finds libraries that build scripts compiled, as cargo tells it when it runs a program. */
function libraryPath(folders: readonly string[]): Readonly<Record<string, string>> {
  if (folders.length === 0) return {};
  const variable =
    process.platform === 'darwin'
      ? 'DYLD_FALLBACK_LIBRARY_PATH'
      : process.platform === 'win32'
        ? 'PATH'
        : 'LD_LIBRARY_PATH';
  const inherited = process.env[variable];
  return { [variable]: [...folders, ...(inherited ? [inherited] : [])].join(delimiter) };
}

async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
}

function allFailed(files: readonly string[], reason: string, output: string): ReadonlyMap<string, BuiltFile> {
  return new Map(files.map((file) => [file, { state: 'failed', reason, output }]));
}

function missing(file: string): BuiltFile {
  return { state: 'failed', reason: `cargo built no program of ${file}`, output: '' };
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root + sep);
}
