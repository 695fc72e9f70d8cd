import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default five minutes; then the whole group is killed. */
  readonly timeoutMs?: number;
}

export interface RunResult {
  /** Exit code; 124 where the time-out struck, 127 where the program was not found, 128 + n after signal n. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, as a person would have seen them. */
  readonly output: string;
  readonly wallMs: number;
}

/** Groups that are alive: they die with us, whatever way we go. */
const groups = new Set<number>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    killAll();
    process.exit(130);
  });
}
process.once('exit', killAll);

/** Runs a program in a process group of its own and waits for its end. Never throws. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const stdout: string[] = [];
    const stderr: string[] = [];
    const output: string[] = [];
    let timedOut = false;
    const group = child.pid;
    if (group !== undefined) groups.add(group);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout.push(text);
      output.push(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr.push(text);
      output.push(text);
    });
    const timer = setTimeout(() => {
      timedOut = true;
      kill(group);
    }, options.timeoutMs ?? 300_000);
    const settle = (code: number) => {
      clearTimeout(timer);
      if (group !== undefined) groups.delete(group);
      resolve({
        code: timedOut ? 124 : code,
        stdout: stdout.join(''),
        stderr: stderr.join(''),
        output: output.join(''),
        wallMs: performance.now() - started,
      });
    };
    child.once('error', (error) => {
      stderr.push(error.message);
      settle(127);
    });
    child.once('close', (code, signal) => settle(code ?? 128 + (signal === 'SIGKILL' ? 9 : 15)));
  });
}

/** Like `run`, for steps that must succeed: the set-up of a workspace, git. */
export async function must(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    throw new Error(`${command} ${args.join(' ')} (in ${options.cwd}): ${result.code}\n${result.output}`);
  }
  return result;
}

function kill(group: number | undefined): void {
  if (group === undefined) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

function killAll(): void {
  for (const group of groups) kill(group);
  groups.clear();
}
