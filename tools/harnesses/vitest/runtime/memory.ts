import { readFileSync } from 'node:fs';
import v8 from 'node:v8';
import { MEMORY_FIGURES, type MemoryFigure } from '../../memory-figures.ts';
import type { Ready } from './measure.ts';

/** Bound before any benchmark runs, so that faked timers or a faked file system cannot reach them. */
const [read, statistics, clock] = [readFileSync, v8.getHeapStatistics, process.hrtime.bigint];
const Profiler = v8.GCProfiler;

/** What a process tells of the memory of one benchmark. */
export interface Memory {
  readonly extra: { name: string; unit: string; value: number; better: 'lower' }[];
  readonly missing: { name: string; reason: string }[];
}

/** Calls of one window fill about this long. */
const WINDOW_NS = 1e6;
/** Pairs of windows: their median leaves out one in which the engine compiled, or turned a page. */
const ROUNDS = 3;
/** All windows together, roughly; an operation that takes longer runs once. */
const MOST_NS = 20e6;
/** An operation that takes longer is not run again for its memory. */
const SLOWEST_NS = 1e9;

/**
 * Peak of the process's memory so far, then bytes that one operation allocates, on the heap and in buffers beside it.
 * To be called when the timed chunks are over: it runs the benchmark further.
 *
 * @param nsPerOp roughly
 */
export async function memoryOf(ready: Ready, iterations: number, nsPerOp: number): Promise<Memory> {
  const told: Memory = { extra: [], missing: [] };
  const tell = ({ name, unit }: MemoryFigure, value: number) =>
    told.extra.push({ name, unit, value, better: 'lower' });
  tell(MEMORY_FIGURES.peak, peakBytes());
  const { name } = MEMORY_FIGURES.bytes;
  try {
    if (!Profiler) throw new Error(`Node ${process.version} cannot tell; 18.15 and newer can`);
    if (nsPerOp > SLOWEST_NS) throw new Error('one operation takes longer than a second');
    tell(MEMORY_FIGURES.bytes, await bytesPerOperation(ready, iterations, nsPerOp));
  } catch (error) {
    told.missing.push({ name, reason: error instanceof Error ? error.message : String(error) });
  }
  const reason = 'the engine counts bytes and not objects';
  told.missing.push({ name: MEMORY_FIGURES.allocations.name, reason });
  return told;
}

/**
 * Difference of windows of n and 2n calls, so that what a window itself allocates cancels. Of the heap the medians;
 * beside it the largest ones, since what a collection gave up is taken off there by another thread, some time later.
 */
async function bytesPerOperation(ready: Ready, iterations: number, nsPerOp: number): Promise<number> {
  const calls = Math.max(1, Math.min(iterations, Math.round(WINDOW_NS / nsPerOp)));
  const pairNs = 3 * calls * nsPerOp;
  if (pairNs > MOST_NS) {
    const { heap, beside } = await allocated(ready, 1);
    return Math.max(0, heap) + Math.max(0, beside);
  }
  const rounds = Math.max(1, Math.min(ROUNDS, Math.floor(MOST_NS / pairNs)));
  const [once, twice]: [Bytes[], Bytes[]] = [[], []];
  const deadline = clock() + BigInt(5 * MOST_NS);
  for (let i = 0; i < rounds && (i === 0 || clock() < deadline); i++) {
    once.push(await allocated(ready, calls));
    twice.push(await allocated(ready, 2 * calls));
  }
  const slope = (of: (windows: readonly Bytes[]) => number) =>
    Math.max(0, Math.round((of(twice) - of(once)) / calls));
  return (
    slope((windows) => median(windows.map(({ heap }) => heap))) +
    slope((windows) => Math.max(...windows.map(({ beside }) => beside)))
  );
}

/** Of one window. */
interface Bytes {
  readonly heap: number;
  readonly beside: number;
}

/**
 * Bytes that `calls` calls allocate: by how much the heap and the memory beside it grew, and what collections took
 * away meanwhile, as the engine tells it of each. So no collection need be kept from happening.
 */
async function allocated(ready: Ready, calls: number): Promise<Bytes> {
  const profiler = new Profiler();
  profiler.start();
  const before = statistics();
  const timed = ready.time(calls);
  if (typeof timed !== 'number') await timed;
  const after = statistics();
  let heap = after.used_heap_size - before.used_heap_size;
  let beside = after.external_memory - before.external_memory;
  for (const { beforeGC, afterGC } of profiler.stop()?.statistics ?? []) {
    heap += beforeGC.heapStatistics.usedHeapSize - afterGC.heapStatistics.usedHeapSize;
    beside += beforeGC.heapStatistics.externalMemory - afterGC.heapStatistics.externalMemory;
  }
  return { heap, beside };
}

/**
 * Largest resident set so far. Linux tells it of the program itself; what `getrusage` tells there may be that of the
 * process which started this one.
 */
function peakBytes(): number {
  try {
    const kib = /^VmHWM:\s*(\d+) kB$/m.exec(read('/proc/self/status', 'utf8'))?.[1];
    if (kib !== undefined) return Number(kib) * 1024;
  } catch {
    // No Linux, or no /proc.
  }
  return process.resourceUsage().maxRSS * 1024;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
