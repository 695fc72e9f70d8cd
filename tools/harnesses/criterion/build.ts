import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessResult, RunProcess } from '../../kernel/process/types.ts';
import { firstError, howItEnded } from '../../languages/rust/cargo-metadata.ts';
import { type CargoMessages, readCargoMessages } from './cargo-messages.ts';

/** A big crate's first build compiles hundreds of others. */
const buildTimeoutMs = 20 * 60_000;

export interface BuildContext {
  readonly run: RunProcess;
  readonly signal?: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where cargo starts, and so which `.cargo/config.toml` and `rust-toolchain.toml` count. */
  readonly cwd: string;
  readonly targetFolder: string;
  /** Arguments that choose the manifest and what stands in for criterion. */
  readonly args: readonly string[];
  /** Packages of the tree: always compiled anew, whatever the times of their files say. */
  readonly packages: readonly string[];
}

export interface Target {
  readonly name: string;
  readonly features: readonly string[];
}

export type Build =
  | { readonly state: 'built'; readonly executable: string; readonly messages: CargoMessages }
  | { readonly state: 'failed'; readonly reason: string; readonly output: string };

/** Compiles benchmark programs, all at once; where that fails, one by one, so that each has its own outcome. */
export async function buildTargets(
  targets: readonly Target[],
  context: BuildContext,
): Promise<ReadonlyMap<string, Build>> {
  await forget(context.packages, context.targetFolder);
  let all = await compile(targets, context);
  if (all.messages.fresh.length > 0) {
    // A path dependency that the workspace does not tell of; what it was compiled from cannot be known.
    await rm(context.targetFolder, { recursive: true, force: true });
    all = await compile(targets, context);
  }
  const outcomes = new Map(targets.map((target) => [target.name, outcomeOf(target, all)]));
  if ([...outcomes.values()].every(({ state }) => state === 'built')) return outcomes;
  if (targets.length === 1 || all.result.state !== 'exited') return outcomes;
  for (const target of targets) {
    if (outcomes.get(target.name)?.state === 'built') continue;
    outcomes.set(target.name, outcomeOf(target, await compile([target], context)));
  }
  return outcomes;
}

interface Compiled {
  readonly result: ProcessResult;
  readonly messages: CargoMessages;
}

async function compile(targets: readonly Target[], context: BuildContext): Promise<Compiled> {
  // Whatever the registry's index says by now, a lockfile and a filled registry are enough.
  const first = await cargo(targets, context, ['--offline']);
  if (!needsNetwork(first.result)) return first;
  return await cargo(targets, context, []);
}

async function cargo(
  targets: readonly Target[],
  context: BuildContext,
  flags: readonly string[],
): Promise<Compiled> {
  const features = [...new Set(targets.flatMap((target) => target.features))];
  const result = await context.run({
    command: 'cargo',
    args: [
      ...['bench', '--no-run', '--message-format=json', '--color=never', ...flags, ...context.args],
      ...targets.flatMap(({ name }) => ['--bench', name]),
      ...(features.length === 0 ? [] : ['--features', features.join(',')]),
    ],
    cwd: context.cwd,
    // A registry or a repository that asks for a password would wait for ever.
    env: {
      GIT_TERMINAL_PROMPT: '0',
      ...context.env,
      CARGO_TARGET_DIR: context.targetFolder,
      CARGO_TERM_QUIET: 'false',
    },
    timeoutMs: buildTimeoutMs,
    maxOutputBytes: 64 * 1024 * 1024,
    ...(context.signal ? { signal: context.signal } : {}),
  });
  const messages = readCargoMessages('stdout' in result ? result.stdout : '');
  return { result, messages };
}

function needsNetwork(result: ProcessResult): boolean {
  return result.state === 'exited' && result.code !== 0 && /--offline|offline mode/.test(result.stderr);
}

function outcomeOf({ name }: Target, { result, messages }: Compiled): Build {
  const executable = messages.executables.get(name);
  if (executable !== undefined) return { state: 'built', executable, messages };
  const own = messages.errors.get(name) ?? [...messages.errors.values()].flat();
  const stderr = 'stderr' in result ? result.stderr.trim() : '';
  const output = [...own, stderr].join('\n').trim();
  if (result.state === 'timed-out') return failed('it took more than 20 minutes to compile', output);
  if (result.state !== 'exited') return failed(`cargo ${howItEnded(result)}`, output);
  const why = own[0] ?? '';
  return failed(`it does not compile: ${why === '' ? firstError(stderr) : firstLines(why)}`, output);
}

function failed(reason: string, output: string): Build {
  return { state: 'failed', reason, output };
}

/** Message and place of rustc's first error. */
function firstLines(rendered: string): string {
  const [message = '', place = ''] = rendered.trim().split('\n');
  return `${message.trim()} ${place.trim()}`.trim().slice(0, 500);
}

/**
 * Makes cargo forget that it has compiled these packages. It knows sources by their times alone, and by paths relative
 * to the workspace: a file restored with its old time, or of another checkout, would pass as compiled.
 */
export async function forget(packages: readonly string[], targetFolder: string): Promise<void> {
  const names = packages.map((name) => `${name}-`);
  for (const folder of await profileFolders(targetFolder)) {
    const fingerprints = join(folder, '.fingerprint');
    for (const entry of await readdir(fingerprints).catch(() => [])) {
      const stem = entry.replace(/[0-9a-f]{16}$/, '');
      if (names.includes(stem)) await rm(join(fingerprints, entry), { recursive: true, force: true });
    }
  }
}

/** `target/release` and `target/<triple>/release`. */
async function profileFolders(targetFolder: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const name of await readdir(targetFolder).catch(() => [])) {
    folders.push(join(targetFolder, name));
    for (const inner of await readdir(join(targetFolder, name)).catch(() => [])) {
      if (inner === 'release') folders.push(join(targetFolder, name, inner));
    }
  }
  return folders;
}
