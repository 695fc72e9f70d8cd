import { mean, quantile } from '../../kernel/statistics/index.ts';
import type { Replicate } from '../types.ts';

export type StatisticName = 'floor' | 'mean';
export const STATISTICS: readonly StatisticName[] = ['floor', 'mean'];

/**
 * The floor is this quantile of a process's chunks. Neighbours only ever slow a chunk down, so a low quantile
 * sees the code alone; not the minimum, since that hangs on one chunk (and one glitch of the clock).
 */
export const FLOOR_QUANTILE = 0.1;

/** Both statistics of one process, nanoseconds per operation, loop overhead taken off. */
export type ProcessStatistics =
  | ({ readonly state: 'measured' } & Readonly<Record<StatisticName, number>>)
  | { readonly state: 'unusable'; readonly reason: string };

/**
 * Floor and mean of one process.
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
  const floor = quantile(used, FLOOR_QUANTILE) - overheadNs;
  const average = mean(used) - overheadNs;
  if (floor <= overheadNs / 2) {
    return { state: 'unusable', reason: 'the loop around it takes longer than the benchmark itself' };
  }
  return { state: 'measured', floor, mean: average };
}
