import { mean } from '../../kernel/statistics/index.ts';
import type { Replicate } from '../types.ts';

export type StatisticName = 'floor' | 'mean';
export const STATISTICS: readonly StatisticName[] = ['floor', 'mean'];

/** Both statistics of one process, nanoseconds per operation, loop overhead taken off. */
export type ProcessStatistics =
  | ({ readonly state: 'measured' } & Readonly<Record<StatisticName, number>>)
  | { readonly state: 'unusable'; readonly reason: string };

/** From so many chunks on, one that was too fast is told from the rest. */
const GLITCHES = 8;

/**
 * Floor and mean of one process. The floor is the fastest chunk but one: neighbours only ever slow a chunk down, so the
 * fastest spread half as much from process to process as the tenth percentile did on a shared machine (6 against 12 %,
 * 14 against 23 %). The very fastest is left out, since a just-in-time compiler that changes its mind between two
 * chunks gives a single one at a pace that never comes again (seen in V8, four times faster, in one process of eight).
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
  const floor = fastest(used) - overheadNs;
  const average = mean(used) - overheadNs;
  if (floor <= overheadNs / 2) {
    return { state: 'unusable', reason: 'the loop around it takes longer than the benchmark itself' };
  }
  return { state: 'measured', floor, mean: average };
}

function fastest(chunks: readonly number[]): number {
  const sorted = [...chunks].sort((a, b) => a - b);
  return sorted[sorted.length >= GLITCHES ? 1 : 0] as number;
}
