import type { ProcessResult, RunProcess } from '../process/types.ts';
import { gitEnvironment } from './environment.ts';
import { gitErrors } from './errors.ts';

/** Where to ask git, and the effect of asking. */
export interface GitAt {
  /** Any folder inside the working tree, unless a function says that it must be its root. */
  readonly cwd: string;
  readonly run: RunProcess;
  readonly signal?: AbortSignal;
}

/** A git that ran to its end; what its exit code means is the caller's business. */
export interface GitAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 120_000;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/**
 * Asks git; any exit code is an answer.
 *
 * @throws AssayError `git/not-installed`, `git/not-a-repository`, `git/bare`, `git/unsafe-owner`, `git/failed`
 * where git did not come to an answer
 */
export async function askGit(
  at: GitAt,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<GitAnswer> {
  const result = await at.run({
    command: 'git',
    args,
    cwd: at.cwd,
    env: { ...gitEnvironment(), ...env },
    timeoutMs: TIMEOUT_MS,
    maxOutputBytes: MAX_OUTPUT_BYTES,
    ...(at.signal === undefined ? {} : { signal: at.signal }),
  });
  if (result.state === 'not-found') throw gitErrors.create('git/not-installed', { reason: result.reason });
  if (result.state !== 'exited') throw gitErrors.create('git/failed', { args, detail: describeEnd(result) });
  if (result.truncated)
    throw gitErrors.create('git/failed', { args, detail: 'it printed more than we can hold' });
  if (result.code !== 0) refuseUnusable(at.cwd, result.stderr);
  return { code: result.code, stdout: result.stdout, stderr: result.stderr };
}

/** As `askGit`, where only exit code 0 is an answer. @returns standard output */
export async function git(
  at: GitAt,
  args: readonly string[],
  env?: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const answer = await askGit(at, args, env);
  if (answer.code !== 0) throw gitErrors.create('git/failed', { args, detail: lastLine(answer.stderr) });
  return answer.stdout;
}

/** The parts of NUL-terminated output. */
export function splitNul(output: string): string[] {
  return output.split('\0').filter((part) => part !== '');
}

/** Output that is one line, whose text may itself hold line breaks (a path). */
export function withoutLineEnd(output: string): string {
  return output.replace(/\r?\n$/, '');
}

function refuseUnusable(cwd: string, stderr: string): void {
  if (/detected dubious ownership/.test(stderr)) throw gitErrors.create('git/unsafe-owner', { cwd });
  if (/not a git repository/i.test(stderr)) throw gitErrors.create('git/not-a-repository', { cwd });
  if (/must be run in a work tree/.test(stderr)) throw gitErrors.create('git/bare', { cwd });
}

function describeEnd(result: Exclude<ProcessResult, { state: 'not-found' | 'exited' }>): string {
  return result.state === 'timed-out'
    ? `it did not end within ${TIMEOUT_MS / 1000} s`
    : `it was ended by ${result.signal}`;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.replace(/\.$/, '') || 'without saying why';
}
