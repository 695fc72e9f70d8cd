import type { RunProcess } from '../kernel/process/types.ts';

/** A program that counts the instructions of a process. */
export interface Counter {
  readonly name: 'valgrind';
  readonly version: string;
  /** What goes before it so that addresses are the same in each process; empty where this machine forbids that. */
  readonly before: readonly string[];
}

export type FoundCounter =
  | { readonly state: 'found'; readonly counter: Counter }
  | { readonly state: 'missing'; readonly reason: string };

const LOOK_MS = 20_000;

/**
 * Looks for valgrind. Containers often forbid `setarch -R` (personality(2)); counting goes on without it, and what
 * that adds shows in the spread.
 */
export async function findCounter(run: RunProcess, cwd: string, signal?: AbortSignal): Promise<FoundCounter> {
  const ask = (command: string, ...args: string[]) =>
    run({ command, args, cwd, timeoutMs: LOOK_MS, ...(signal ? { signal } : {}) });
  const told = await ask('valgrind', '--version');
  if (told.state === 'not-found') return { state: 'missing', reason: 'valgrind is not installed' };
  if (told.state !== 'exited' || told.code !== 0) {
    const said = told.stderr.trim().split('\n').at(-1) ?? '';
    return { state: 'missing', reason: `valgrind is there and does not start${said ? `: ${said}` : ''}` };
  }
  const fixed = await ask('setarch', '-R', 'true');
  return {
    state: 'found',
    counter: {
      name: 'valgrind',
      version: told.stdout.trim().replace(/^valgrind-/, ''),
      before: fixed.state === 'exited' && fixed.code === 0 ? ['setarch', '-R'] : [],
    },
  };
}

/**
 * Command and arguments that run the same under the counter. Cachegrind without a simulated cache is its fastest tool
 * that counts; Callgrind's figures differ by some tenths of a percent, so that the two are never mixed.
 *
 * @param log absolute path that the counter writes its result to
 */
export function counting(
  counter: Counter,
  log: string,
  command: string,
  args: readonly string[],
): [string, ...string[]] {
  return [
    ...counter.before,
    'valgrind',
    // A .valgrindrc of the user or the project may say otherwise.
    '--command-line-only=yes',
    '--tool=cachegrind',
    '--cache-sim=no',
    '--cachegrind-out-file=/dev/null',
    '--trace-children=no',
    '--child-silent-after-fork=yes',
    '--vgdb=no',
    `--log-file=${log}`,
    command,
    ...args,
  ] as [string, ...string[]];
}

/** Instructions of the process out of what the counter wrote; undefined where it came to no result or was cut short. */
export function readCount(log: string): number | undefined {
  const found = /^==\d+== I\s+refs:\s+([\d,]+)[ \t]*\n/m.exec(log)?.[1];
  const count = found === undefined ? Number.NaN : Number(found.replaceAll(',', ''));
  return Number.isSafeInteger(count) && count > 0 ? count : undefined;
}

/** Environments are made as long as the next multiple of this, in bytes. */
const EVEN = 16_384;

/**
 * The environment with a variable added that makes it equally long on both sides: its length moves the stack, which
 * moved counts by up to 0.05 %.
 *
 * @param inherited what `env` is laid over
 */
export function evenEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  inherited: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const whole = { ...inherited, ...env, VALGRIND_OPTS: undefined, ASSAY_EVEN: undefined };
  let length = 'ASSAY_EVEN='.length + 1;
  for (const [name, value] of Object.entries(whole)) {
    if (value !== undefined) length += Buffer.byteLength(name) + Buffer.byteLength(value) + 2;
  }
  const missing = Math.ceil(length / EVEN) * EVEN - length;
  return { ...env, VALGRIND_OPTS: undefined, ASSAY_EVEN: '.'.repeat(missing) };
}
