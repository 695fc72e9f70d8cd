import { mean, median } from '../../kernel/statistics/index.ts';
import type { Replicate } from '../types.ts';

export type StatisticName = 'floor' | 'median' | 'mean';
/** What is told of a process by itself; the median is judged only where the chunks of a pair belong together. */
export const STATISTICS = ['floor', 'mean'] as const satisfies readonly StatisticName[];

/** The statistics of one process, nanoseconds per operation, loop overhead taken off. */
export type ProcessStatistics =
  | ({ readonly state: 'measured' } & Readonly<Record<StatisticName, number>>)
  | { readonly state: 'unusable'; readonly reason: string };

/**
 * Floor, median and mean of one process. The floor is the fastest chunk: neighbours only ever slow a chunk down, and on a
 * machine shared with others the minimum of 160 chunks of a millisecond spread half as much from process to process
 * as the tenth percentile did (6 against 12 %, 14 against 23 %), on a quiet one no more. A glitch of the clock would
 * spoil one process, and the ranks over processes bear that.
 *
 * @param chunks how many of its chunks to use, so that both processes of a pair are treated alike
 * @param overheadNs of one empty iteration of the loop
 */
export function processStatistics(
  replicate: Replicate,
  chunks: number,
  overheadNs: number,
): ProcessStatistics {
  const used = replicate.chunks.slice(0, chunks);
  if (used.length === 0) return { state: 'unusable', reason: 'a process gave no sample' };
  if (!used.every(Number.isFinite)) return { state: 'unusable', reason: 'a sample is not a finite number' };
  if (used.some((value) => value <= 0)) return { state: 'unusable', reason: 'a sample is zero or negative' };
  const floor = Math.min(...used) - overheadNs;
  const average = mean(used) - overheadNs;
  if (floor <= overheadNs / 2) {
    return { state: 'unusable', reason: 'the loop around it takes longer than the benchmark itself' };
  }
  return { state: 'measured', floor, median: median(used) - overheadNs, mean: average };
}
