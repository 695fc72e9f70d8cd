import { existsSync } from 'node:fs';
import { glob, mkdir, realpath, rm } from 'node:fs/promises';
import { delimiter, dirname, join, sep } from 'node:path';
import { overlayFiles } from '../compare/base/index.ts';
import type { Prepared, PreparedFile, Side } from '../harnesses/harness.ts';
import type { Effects } from '../kernel/effects.ts';
import type { AssayError } from '../kernel/errors/assay-error.ts';
import type { ProcessResult } from '../kernel/process/types.ts';
import { contaminating } from '../languages/contamination.ts';
import type { LanguageContext } from '../languages/language.ts';
import { benchErrors } from './errors.ts';
import { lastLines } from './report/words.ts';
import type { BenchSettings } from './settings/settings.ts';
import type { UsableHarness } from './toolchains.ts';

const SETUP_TIMEOUT_MS = 15 * 60_000;

/** One side with its scratch folder. */
export interface SideFolder {
  readonly side: Side;
  readonly scratch: string;
  /** The user's own tree where neither side is it: tools come from there, and code must not. */
  readonly user?: Side;
}

/** A side that is built, and what it must not be measured by. */
export interface PreparedSide extends Prepared {
  /** Files that the build took sources of the other side into. */
  readonly contaminated: ReadonlyMap<string, AssayError>;
}

/**
 * Builds one harness's files on one side. Sources that belong to the other side's tree make a file fail:
 * measuring them would measure the wrong code.
 */
export async function prepareSide(
  { side, scratch, user }: SideFolder,
  against: Side,
  harness: UsableHarness,
  settings: BenchSettings,
  context: LanguageContext,
  effects: Effects,
): Promise<PreparedSide> {
  const folder = join(scratch, harness.harness.id);
  await mkdir(folder, { recursive: true });
  const other = user ?? against;
  // A worktree finds its tools as a base does, whichever side it stands for.
  const asBase = user ? { ...side, name: 'base' as const } : side;
  const env = await sideEnvironment(asBase, other, harness, context);
  const prepared = await harness.harness.prepare(side, harness.files, harness.options, {
    run: effects.run,
    scratch: folder,
    env: { ...settings.env, ...env },
    signal: effects.signal,
  });
  const contaminated = new Map<string, AssayError>();
  const files = prepared.files.map((file): PreparedFile => {
    const error = file.state === 'ready' ? contamination(file.sources, side, other) : undefined;
    if (error === undefined) return file;
    contaminated.set(file.file, error);
    return { state: 'failed', file: file.file, reason: error.message, output: '' };
  });
  return {
    files,
    contaminated,
    drive: prepared.drive.bind(prepared),
    ...(prepared.count ? { count: prepared.count.bind(prepared) } : {}),
    dispose: prepared.dispose.bind(prepared),
  };
}

/** What makes a side run its own code; of a command, whatever languages the project has, by its own programs first. */
async function sideEnvironment(
  side: Side,
  other: Side,
  { harness, languages }: UsableHarness,
  context: LanguageContext,
): Promise<Readonly<Record<string, string | undefined>>> {
  const env: Record<string, string | undefined> = {};
  for (const language of languages) Object.assign(env, await language.environment(side, other, context));
  if (harness.language !== 'any') return env;
  const folders = [side.projectRoot, side.workspaceRoot].flatMap((root) => [
    join(root, 'node_modules/.bin'),
    join(root, '.venv/bin'),
  ]);
  const inherited = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((path) => !isWithin(path, other.repoRoot));
  return {
    ...env,
    PATH: [...new Set([...folders.filter((path) => existsSync(path)), ...inherited])].join(delimiter),
  };
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root + sep);
}

/** The error of loading the other side's code, if any of `paths` is. */
export function contamination(paths: readonly string[], side: Side, other: Side) {
  if (side.repoRoot === other.repoRoot) return undefined;
  const foreign = contaminating(paths, side, other);
  if (foreign.length === 0) return undefined;
  const shown =
    foreign.slice(0, 3).join(', ') + (foreign.length > 3 ? ` and ${foreign.length - 3} more` : '');
  return benchErrors.create('base/contaminated', { side: side.name, paths: shown });
}

/**
 * Copies head's benchmark files and fixtures onto the base, so that only the code under test differs.
 *
 * @returns benchmark files that the base had before
 */
export async function lendBenchmarks(
  base: Side,
  head: Side,
  harnesses: readonly UsableHarness[],
  settings: BenchSettings,
): Promise<ReadonlySet<string>> {
  const known = new Set(
    harnesses.flatMap(({ files }) => files.filter((file) => existsSync(join(base.projectRoot, file)))),
  );
  for (const { harness, files } of harnesses) {
    await removeStale(base, harness.overlayRemove?.(files, head.projectRoot) ?? []);
  }
  const files = harnesses.flatMap((harness) =>
    harness.harness.language === 'any' ? [] : [...harness.files, ...harness.overlay],
  );
  for (const pattern of settings.config.overlay ?? []) {
    for await (const file of glob(pattern, { cwd: head.projectRoot })) files.push(file);
  }
  await overlayFiles(head, base, files);
  return known;
}

/** Deletes on the base what head no longer has; never through a link that leaves the checkout. */
async function removeStale(base: Side, patterns: readonly string[]): Promise<void> {
  const root = await realpath(base.projectRoot);
  for (const pattern of patterns) {
    for await (const stale of glob(pattern, { cwd: root })) {
      const path = join(root, stale);
      const folder = await realpath(dirname(path)).catch(() => '');
      if (isWithin(folder, root)) await rm(path, { recursive: true, force: true });
    }
  }
}

/** @throws AssayError `bench/setup-failed` with the end of what the command printed */
export async function runSetup(side: Side, settings: BenchSettings, effects: Effects): Promise<void> {
  for (const [command, ...args] of settings.config.setup ?? []) {
    if (command === undefined) continue;
    effects.progress({ text: `setup on ${side.name}: ${[command, ...args].join(' ')}` });
    const result = await effects.run({
      command,
      args,
      cwd: side.projectRoot,
      env: settings.env,
      timeoutMs: SETUP_TIMEOUT_MS,
      signal: effects.signal,
    });
    if (result.state === 'exited' && result.code === 0) continue;
    const code = side.name === 'base' ? 'base/setup-failed' : 'bench/setup-failed';
    throw benchErrors.create(code, {
      command: [command, ...args].join(' '),
      side: side.name,
      output: howItEnded(result),
    });
  }
}

/** How a command ended and the end of what it printed, as half a sentence. */
function howItEnded(result: ProcessResult): string {
  if (result.state === 'not-found') return `it could not be started: ${result.reason}`;
  const said = lastLines(`${result.stdout}\n${result.stderr}`);
  const end =
    result.state === 'exited'
      ? `exit code ${result.code}`
      : result.state === 'signalled'
        ? `ended by ${result.signal}`
        : `stopped after ${SETUP_TIMEOUT_MS / 60_000} minutes`;
  return said === '' ? end : `${end}; it printed: ${said}`;
}
