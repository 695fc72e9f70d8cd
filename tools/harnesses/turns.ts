import { closeSync, constants, openSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunProcess } from '../kernel/process/types.ts';
import type { DriveRequest, DriveResult, Turns } from './harness.ts';

/** One request for each side, of which `first` runs first. */
export interface PairRequest {
  readonly base: DriveRequest;
  readonly head: DriveRequest;
  readonly first: 'base' | 'head';
  /** Expected milliseconds of a chunk. */
  readonly chunkMs: number;
}

export type PairResult = Readonly<Record<'base' | 'head', DriveResult>>;

type Drive = (request: DriveRequest) => Promise<DriveResult>;

/** A turn is at least this long: what the other process left in the caches is then a small part of it. */
const TURN_MS = 2;
/** One process may end before it opens its FIFOs; the other one, which waits to open them, is let go this often. */
const RELEASE_MS = 50;

/**
 * Where two processes take turns on one core; see `Turns`.
 *
 * @returns undefined where this machine has no FIFOs or no way to choose a core (Linux has both)
 */
export async function turnstile(
  run: RunProcess,
  folder: string,
  random: () => number,
): Promise<Turnstile | undefined> {
  const cores = await allowedCores();
  if (cores.length === 0) return undefined;
  const paths = { base: join(folder, 'turn-base'), head: join(folder, 'turn-head') } as const;
  const ask = (command: string, ...args: string[]) =>
    run({ command, args, cwd: folder, timeoutMs: 10_000 }).then(
      (result) => result.state === 'exited' && result.code === 0,
    );
  await Promise.all(Object.values(paths).map((path) => rm(path, { force: true })));
  const works =
    (await ask('mkfifo', paths.base, paths.head)) && (await ask(...pinned(cores[0]!, 'true', [])));
  return works ? new Turnstile(paths, cores, random) : undefined;
}

/** Command and arguments that start the same on one core. */
export function pinned(core: number, command: string, args: readonly string[]): [string, ...string[]] {
  return ['taskset', '-c', String(core), command, ...args];
}

/** Cores that this process may run on, as Linux tells them (`0-3,8`); none elsewhere. */
async function allowedCores(): Promise<readonly number[]> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const list = /^Cpus_allowed_list:\s*(.+)$/m.exec(status)?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [from, to = from] = range.split('-').map(Number);
    if (from === undefined || to === undefined || !(to >= from)) return [];
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

export class Turnstile {
  private readonly paths: Readonly<Record<'base' | 'head', string>>;
  private readonly cores: readonly number[];
  private readonly random: () => number;

  constructor(
    paths: Readonly<Record<'base' | 'head', string>>,
    cores: readonly number[],
    random: () => number,
  ) {
    this.paths = paths;
    this.cores = cores;
    this.random = random;
  }

  /** Runs one fresh process of each side, both at once and taking turns. */
  async drive(drives: Readonly<Record<'base' | 'head', Drive>>, pair: PairRequest): Promise<PairResult> {
    const core = this.cores[Math.floor(this.random() * this.cores.length)] ?? 0;
    const place = (side: 'base' | 'head'): Turns => ({
      reads: this.paths[side],
      writes: this.paths[side === 'base' ? 'head' : 'base'],
      first: pair.first === side,
      chunks: Math.max(1, Math.ceil(TURN_MS / pair.chunkMs)),
      core,
    });
    const start = (side: 'base' | 'head') =>
      drives[side]({
        ...pair[side],
        // Each waits as long as the other one works.
        timeoutMs: 2 * pair[side].timeoutMs,
        turns: place(side),
      });
    const second = pair.first === 'base' ? 'head' : 'base';
    const running = { [pair.first]: start(pair.first), [second]: start(second) } as Record<
      'base' | 'head',
      Promise<DriveResult>
    >;
    let released: NodeJS.Timeout | undefined;
    const release = () => {
      released ??= setInterval(() => this.release(), RELEASE_MS);
    };
    for (const side of ['base', 'head'] as const) running[side].then(release, release);
    const [base, head] = await Promise.allSettled([running.base, running.head]);
    clearInterval(released);
    if (base.status === 'rejected') throw base.reason;
    if (head.status === 'rejected') throw head.reason;
    return { base: base.value, head: head.value };
  }

  /** Opens and closes both FIFOs: who waits to open one gets on, and finds nobody at the other end. */
  private release(): void {
    for (const path of Object.values(this.paths)) {
      try {
        closeSync(openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
      } catch {
        // The folder is being removed: nobody waits any more.
      }
    }
  }
}
