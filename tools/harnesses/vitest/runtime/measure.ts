import { readFileSync as read } from 'node:fs';
import { freshLoop, type Loop, type LoopKind, newRing } from './loops.ts';
import type { BenchmarkOptions } from './tree.ts';
import type { TurnTaker } from './turns.ts';

/** Taken before any benchmark runs, so that faked timers cannot reach it. */
const clock: () => bigint = process.hrtime.bigint;
const readFileSync = read;
const nothing = (): undefined => undefined;

/** A benchmark made ready: hooks run, way of calling found by one call. */
export interface Ready {
  readonly fn: () => unknown;
  readonly kind: LoopKind;
  /** Nanoseconds that `count` calls take. */
  readonly time: (count: number) => number | Promise<number>;
  readonly loop: Loop;
}

/** Calls the function once to see what it is: it returns a promise, times itself, or neither. */
export async function makeReady(fn: () => unknown, options: BenchmarkOptions): Promise<Ready> {
  const before = options.beforeEach ? () => options.beforeEach?.('run') : nothing;
  const after = options.afterEach ? () => options.afterEach?.('run') : nothing;
  await before();
  const first = fn();
  const isAsync = typeof (first as { then?: unknown } | null | undefined)?.then === 'function';
  const settled = isAsync ? await first : first;
  await after();
  const kind = kindOf(settled, isAsync, options);
  const loop = freshLoop(kind);
  return { fn, kind, loop, time: timer(loop, fn, before, after) };
}

function kindOf(result: unknown, isAsync: boolean, options: BenchmarkOptions): LoopKind {
  const own = (result as { overriddenDuration?: unknown } | null | undefined)?.overriddenDuration;
  if (typeof own === 'number') return 'overridden';
  if (options.beforeEach || options.afterEach) return 'hooked';
  return isAsync ? 'async' : 'sync';
}

function timer(loop: Loop, fn: () => unknown, before: () => unknown, after: () => unknown): Ready['time'] {
  const ring = newRing();
  return (count) => loop(fn, count, ring, clock, before, after);
}

export interface Calibration {
  readonly iterations: number;
  readonly overheadNs: number;
  readonly resolutionNs: number;
  readonly nsPerOp: number;
}

/** Most calls that one chunk may hold: beyond it a loop counter would leave the small integers. */
const MAX_ITERATIONS = 2 ** 30;

/**
 * Finds how many calls fill `targetNs`. Grows from one call; then repeats until the code has had time to
 * be optimised, and takes the lower quartile of the later half: a disturbance only ever adds.
 */
export async function calibrate(ready: Ready, targetNs: number, maxMs: number): Promise<Calibration> {
  const deadline = clock() + BigInt(Math.round(maxMs * 1e6));
  const settle = Math.max(20 * targetNs, 50e6);
  let count = 1;
  let spent = 0;
  const perCall: number[] = [];
  do {
    const ns = await ready.time(count);
    spent += ns;
    perCall.push(ns / count);
    const wanted = targetNs / Math.max(ns / count, 1e-3);
    // At most tenfold at once: the first calls run unoptimised, or build what later ones reuse.
    count = Math.max(1, Math.min(Math.round(wanted), count * 10, MAX_ITERATIONS));
  } while (clock() < deadline && (perCall.length < 6 || (spent < settle && perCall.length < 500)));
  const nsPerOp = lowerQuartile(perCall.slice(perCall.length >> 1));
  const iterations = Math.max(1, Math.min(Math.round(targetNs / Math.max(nsPerOp, 1e-3)), MAX_ITERATIONS));
  return { iterations, nsPerOp, resolutionNs: resolution(), overheadNs: await overhead(ready.kind) };
}

export interface Samples {
  readonly warmupNs: number[];
  readonly chunksNs: number[];
  /** CPU time of the process over wall time in the later half of the chunks. */
  readonly parallelism?: number;
  /** Share of that wall time for which the main thread was ready and had no core. */
  readonly delayed?: number;
}

/**
 * Runs chunks of exactly `iterations` calls. `maxMs` limits warm-up and the measured chunks each for itself, as
 * `DriveRequest.maxBenchmarkMs` has it.
 *
 * @param turns this process's place, where it takes turns with another: it runs while that one waits
 */
export async function sample(
  ready: Ready,
  plan: { iterations: number; warmup: number; chunks: number; maxMs: number },
  turns?: TurnTaker,
): Promise<Samples> {
  if (turns) return sampleInTurns(ready, plan, turns);
  const limit = BigInt(Math.round(plan.maxMs * 1e6));
  const warmupNs: number[] = [];
  const chunksNs: number[] = [];
  const { time } = ready;
  const sync = ready.kind === 'sync';
  const half = Math.ceil(plan.warmup / 2);
  const warmUpDeadline = clock() + limit;
  while (warmupNs.length < plan.warmup) {
    if (warmupNs.length === half && clock() >= warmUpDeadline) break;
    warmupNs.push(sync ? (time(plan.iterations) as number) : await time(plan.iterations));
  }
  const start = clock();
  let later: { readonly at: bigint; readonly cpu: number; readonly queued: number } | undefined;
  let now = start;
  do {
    chunksNs.push(sync ? (time(plan.iterations) as number) : await time(plan.iterations));
    now = clock();
    if (!later && (chunksNs.length >= plan.chunks / 2 || now - start >= limit / 2n)) {
      later = { at: now, cpu: cpuMicroseconds(), queued: queuedMicroseconds() };
    }
  } while (chunksNs.length < plan.chunks && now < start + limit);
  const wall = Number(now - (later?.at ?? now)) / 1000;
  if (!later || wall <= 0) return { warmupNs, chunksNs };
  const delayed = (queuedMicroseconds() - later.queued) / wall;
  return {
    warmupNs,
    chunksNs,
    parallelism: (cpuMicroseconds() - later.cpu) / wall,
    ...(Number.isFinite(delayed) ? { delayed } : {}),
  };
}

/** Operations that ran for an instruction counter. */
export interface Counted {
  readonly operations: number;
  readonly timedNs: number;
  readonly untimedNs: number;
}

/** With so many calls or more, the loop has been optimised long before the warm-up ends. */
const OPTIMISED_SOON = 20_000;
/** A loop that is entered only once stays in the code that V8 made while it ran, which is several times slower. */
const ENTRIES = 100;

/**
 * Exactly `warmup` calls and then `operations` calls. The clock is read around them and not between.
 *
 * Compiling the loop, with all that it calls inlined, costs as much as hundreds of calls. Where it would come amid the
 * counted ones, the loop is left to the interpreter: what it calls is optimised all the same.
 */
export async function count(ready: Ready, warmup: number, operations: number): Promise<Counted> {
  let entries = ENTRIES;
  if (warmup < OPTIMISED_SOON) {
    neverOptimise(ready.loop);
    entries = 1;
  }
  for (let left = warmup; left > 0; ) {
    const some = Math.ceil(left / entries--);
    await ready.time(some);
    left -= some;
  }
  const from = clock();
  const timedNs = await ready.time(operations);
  return { operations, timedNs, untimedNs: Math.max(0, Number(clock() - from) - timedNs) };
}

function neverOptimise(loop: Loop): void {
  try {
    new Function('loop', '%NeverOptimizeFunction(loop)')(loop);
  } catch {
    // Without --allow-natives-syntax this is no JavaScript.
  }
}

/** All threads of the process. */
function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** For how long the main thread was ready to run and had no core, as Linux tells it; NaN elsewhere. */
function queuedMicroseconds(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1000;
  } catch {
    return Number.NaN;
  }
}

async function sampleInTurns(
  ready: Ready,
  plan: { iterations: number; warmup: number; chunks: number; maxMs: number },
  turns: TurnTaker,
): Promise<Samples> {
  const { time } = ready;
  const sync = ready.kind === 'sync';
  const chunk = async (into: number[]): Promise<number> => {
    turns.next();
    const from = clock();
    into.push(sync ? (time(plan.iterations) as number) : await time(plan.iterations));
    return Number(clock() - from) / 1e6;
  };
  const warmupNs: number[] = [];
  const chunksNs: number[] = [];
  const half = Math.ceil(plan.warmup / 2);
  try {
    turns.meet();
    for (let spent = 0; warmupNs.length < plan.warmup; ) {
      if (warmupNs.length === half && spent >= plan.maxMs) break;
      spent += await chunk(warmupNs);
    }
    for (let spent = 0; chunksNs.length === 0 || (chunksNs.length < plan.chunks && spent < plan.maxMs); ) {
      spent += await chunk(chunksNs);
    }
    if (warmupNs.length === plan.warmup && chunksNs.length === plan.chunks) turns.finish();
    else turns.close();
  } catch (error) {
    turns.close();
    throw error;
  }
  return { warmupNs, chunksNs };
}

/** Nanoseconds of one empty call in a loop of the same kind: the fastest of some chunks. */
async function overhead(kind: LoopKind): Promise<number> {
  if (kind === 'overridden') return 0;
  const empty = kind === 'async' ? async () => undefined : nothing;
  const time = timer(freshLoop(kind), empty, nothing, nothing);
  const count = kind === 'sync' ? 100_000 : 2_000;
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 10; i++) best = Math.min(best, (await time(count)) / count);
  return best;
}

/** Smallest step of the clock that two readings in a row show, nanoseconds. */
function resolution(): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 1000; i++) {
    const start = clock();
    let end = clock();
    while (end === start) end = clock();
    smallest = Math.min(smallest, Number(end - start));
  }
  return smallest;
}

function lowerQuartile(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 2] ?? 0;
}
