import { glob, mkdir, realpath, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { overlayFiles } from '../compare/base/index.ts';
import type { Prepared, PreparedFile, Side } from '../harnesses/harness.ts';
import type { Effects } from '../kernel/effects.ts';
import { contaminating } from '../languages/contamination.ts';
import type { LanguageContext } from '../languages/language.ts';
import { benchErrors } from './errors.ts';
import type { BenchSettings } from './settings/settings.ts';
import type { UsableHarness } from './toolchains.ts';

const SETUP_TIMEOUT_MS = 15 * 60_000;

/** One side with its scratch folder. */
export interface SideFolder {
  readonly side: Side;
  readonly scratch: string;
}

/**
 * Builds one harness's files on one side. Sources that belong to the other side's tree make a file fail:
 * measuring them would measure the wrong code.
 */
export async function prepareSide(
  { side, scratch }: SideFolder,
  other: Side,
  harness: UsableHarness,
  settings: BenchSettings,
  context: LanguageContext,
  effects: Effects,
): Promise<Prepared> {
  const folder = join(scratch, harness.harness.id);
  await mkdir(folder, { recursive: true });
  const env = (await harness.language?.environment(side, other, context)) ?? {};
  const prepared = await harness.harness.prepare(side, harness.files, harness.options, {
    run: effects.run,
    scratch: folder,
    env: { ...settings.env, ...env },
    signal: effects.signal,
  });
  return {
    ...prepared,
    files: prepared.files.map((file) => refuseForeign(file, side, other)),
    drive: prepared.drive.bind(prepared),
    dispose: prepared.dispose.bind(prepared),
  };
}

function refuseForeign(file: PreparedFile, side: Side, other: Side): PreparedFile {
  if (file.state === 'failed') return file;
  const error = contamination(file.sources, side, other);
  return error === undefined ? file : { state: 'failed', file: file.file, reason: error.message, output: '' };
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

/** Copies head's benchmark files and fixtures onto the base, so that only the code under test differs. */
export async function lendBenchmarks(
  base: Side,
  head: Side,
  harnesses: readonly UsableHarness[],
  settings: BenchSettings,
): Promise<void> {
  for (const { harness, files } of harnesses) {
    await removeStale(base, harness.overlayRemove?.(files) ?? []);
  }
  const files = harnesses.flatMap((harness) =>
    harness.harness.id === 'command' ? [] : [...harness.files, ...harness.overlay],
  );
  for (const pattern of settings.config.overlay ?? []) {
    for await (const file of glob(pattern, { cwd: head.projectRoot })) files.push(file);
  }
  await overlayFiles(head, base, files);
}

/** Deletes on the base what head no longer has; never through a link that leaves the checkout. */
async function removeStale(base: Side, patterns: readonly string[]): Promise<void> {
  const root = await realpath(base.projectRoot);
  for (const pattern of patterns) {
    for await (const stale of glob(pattern, { cwd: root })) {
      const path = join(root, stale);
      const folder = await realpath(dirname(path)).catch(() => '');
      if (folder === root || folder.startsWith(root + sep)) await rm(path, { recursive: true, force: true });
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
    const output =
      result.state === 'not-found'
        ? result.reason
        : `${result.stderr}\n${result.stdout}`.trim().split('\n').slice(-3).join(' ');
    const code = side.name === 'base' ? 'base/setup-failed' : 'bench/setup-failed';
    throw benchErrors.create(code, {
      command: [command, ...args].join(' '),
      side: side.name,
      output,
    });
  }
}
