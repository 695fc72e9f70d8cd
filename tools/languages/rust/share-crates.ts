import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';
import type { ProcessResult } from '../../kernel/process/types.ts';
import { languageErrors } from '../errors.ts';
import type { LanguageContext } from '../language.ts';
import { howItEnded } from './cargo-metadata.ts';
import { lockFolder } from './manifests.ts';

type Env = Readonly<Record<string, string | undefined>>;

const fetchTimeoutMs = 10 * 60_000;

/**
 * Crates are shared by nature: both sides read cargo's one registry. This fetches what the base's lockfile names and
 * the registry has not. A base without a lockfile (libraries often ignore theirs) gets head's, so that both sides are
 * built with the same crates.
 *
 * @throws AssayError `base/install-failed`
 */
export async function shareCrates(base: Side, head: Side, env: Env, context: LanguageContext): Promise<void> {
  await lendLockfile(base, head);
  const fetched = await fetch(base, env, context, ['--offline']);
  if (succeeded(fetched)) return;
  context.progress('fetching the crates of the base');
  const result = await fetch(base, env, context, []);
  if (succeeded(result)) return;
  throw languageErrors.create('base/install-failed', {
    language: 'Rust',
    folder: base.projectRoot,
    command: 'cargo fetch',
    why: howItEnded(result),
    output: 'stderr' in result ? result.stderr.trim().split('\n').slice(-8).join('\n') : '',
  });
}

async function lendLockfile(base: Side, head: Side): Promise<void> {
  const folder = lockFolder(head.projectRoot, head.repoRoot);
  const lent = join(base.repoRoot, relative(head.repoRoot, folder), 'Cargo.lock');
  if (lockFolder(base.projectRoot, base.repoRoot) !== base.projectRoot) return;
  if (existsSync(lent) || !existsSync(join(folder, 'Cargo.lock'))) return;
  await copyFile(join(folder, 'Cargo.lock'), lent);
}

function fetch(
  base: Side,
  env: Env,
  context: LanguageContext,
  flags: readonly string[],
): Promise<ProcessResult> {
  return context.run({
    command: 'cargo',
    args: ['fetch', '--quiet', ...flags],
    cwd: base.projectRoot,
    // A registry or a repository that asks for a password would wait for ever.
    env: { ...env, GIT_TERMINAL_PROMPT: '0' },
    timeoutMs: fetchTimeoutMs,
    ...(context.signal ? { signal: context.signal } : {}),
  });
}

function succeeded(result: ProcessResult): boolean {
  return result.state === 'exited' && result.code === 0;
}
