import type { HarnessContext } from '../harness.ts';

/**
 * Without these, threads that compile and collect garbage, and seeds of hashes and of Math.random, move counts by a
 * tenth and more; with them by a hundredth of a percent. The optimising compilers stay on.
 */
const NEEDED = ['--predictable', '--single-threaded', '--hash-seed=1', '--random-seed=1'];

/**
 * The memory reducer goes by the clock. The other one lets the driver keep its own loop from being optimised, see
 * `count` in runtime/measure.ts.
 */
const WANTED = ['--no-memory-reducer', '--allow-natives-syntax'];

let known: Promise<readonly string[]> | undefined;

/** Flags of our Node under which the instructions of a process repeat. Versions of V8 know different ones. */
export function repeatableFlags(context: HarnessContext): Promise<readonly string[]> {
  known ??= ask(context).catch((error) => {
    known = undefined;
    throw error;
  });
  return known;
}

async function ask({ run, scratch, signal }: HarnessContext): Promise<readonly string[]> {
  const told = await run({
    command: process.execPath,
    args: ['--v8-options'],
    cwd: scratch,
    env: { NODE_OPTIONS: undefined },
    timeoutMs: 30_000,
    ...(signal ? { signal } : {}),
  });
  const text = told.state === 'exited' ? told.stdout : '';
  return [...NEEDED, ...WANTED.filter((flag) => text.includes(`  ${nameOf(flag)} (`))];
}

/** `--no-x` and `--x=1` are told as `--x`. */
function nameOf(flag: string): string {
  return flag.replace(/=.*$/, '').replace(/^--no-/, '--');
}
