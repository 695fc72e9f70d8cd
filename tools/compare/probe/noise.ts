import { giniSd, robustSd } from '../../kernel/statistics/index.ts';
import { medianLogRatio } from '../judge/pairs.ts';
import { processStatistics, type StatisticName } from '../judge/process-statistics.ts';
import type { Replicate } from '../types.ts';

/** Noise of one statistic at one number of chunks per process: standard deviations of logarithms. */
export interface NoiseAt {
  readonly chunks: number;
  /** Of the log ratio of a pair: what the test will see. */
  readonly pair: number;
  /** Of one process around its own level; from neighbouring windows of the same process. */
  readonly within: number;
  /** Of the levels of processes, what is left when the noise within is taken off. */
  readonly between: number;
}

/** Windows of `chunks` after the warm-up, each reduced to its statistic (logarithm); broken ones left out. */
function windows(
  replicate: Replicate,
  statistic: StatisticName,
  warmup: number,
  chunks: number,
): (number | undefined)[] {
  const found: (number | undefined)[] = [];
  for (let start = warmup; start + chunks <= replicate.chunks.length; start += chunks) {
    const part = { ...replicate, chunks: replicate.chunks.slice(start, start + chunks) };
    const outcome = processStatistics(part, chunks, 0);
    found.push(outcome.state === 'measured' ? Math.log(outcome[statistic]) : undefined);
  }
  return found;
}

/** Standard deviation that ranks will see: far values count, but less than squared. */
function scale(values: readonly number[]): number {
  const gini = giniSd(values);
  return Math.sqrt(gini * Math.max(robustSd(values), gini / 4));
}

function centredSd(groups: readonly (readonly number[])[]): number {
  const usable = groups.filter((group) => group.length > 1);
  if (usable.length === 0) return 0;
  return Math.sqrt(usable.reduce((sum, group) => sum + scale(group) ** 2, 0) / usable.length);
}

/**
 * Noise of the median of neighbouring chunks, of processes that took turns; there is none of one process alone.
 *
 * @returns standard deviation of the log ratio of a pair; undefined where the pilot has fewer than two usable pairs
 */
export function turnNoise(pilot: readonly Replicate[], warmup: number, chunks: number): number | undefined {
  const pairs = new Map<number, Partial<Record<'base' | 'head', readonly number[]>>>();
  for (const { pair, side, chunks: taken } of pilot) {
    pairs.set(pair, { ...pairs.get(pair), [side]: taken });
  }
  const perWindow: number[][] = [];
  for (const { base, head } of pairs.values()) {
    if (base === undefined || base.length !== head?.length) continue;
    for (let start = warmup, i = 0; start + chunks <= base.length; start += chunks, i++) {
      const end = start + chunks;
      const ratio = medianLogRatio(base.slice(start, end), head.slice(start, end), 0);
      perWindow[i] ??= [];
      if (ratio !== undefined) perWindow[i]?.push(ratio);
    }
  }
  return (perWindow[0]?.length ?? 0) < 2 ? undefined : centredSd(perWindow);
}

/**
 * Splits the pilot's noise into its parts within and between processes (Kalibera & Jones 2013), for one number of
 * chunks. The parts are measured by windows of that many chunks and not computed from single chunks: noise of a
 * shared machine comes in phases, and a floor does not average.
 *
 * @returns undefined where the pilot has fewer than two usable pairs (or processes, if one side is measured)
 */
export function noiseAt(
  pilot: readonly Replicate[],
  statistic: StatisticName,
  warmup: number,
  chunks: number,
): NoiseAt | undefined {
  const bySide = (side: 'base' | 'head') =>
    new Map(
      pilot
        .filter((replicate) => replicate.side === side)
        .map((replicate) => [replicate.pair, windows(replicate, statistic, warmup, chunks)]),
    );
  const [base, head] = [bySide('base'), bySide('head')];
  const paired = base.size > 0;
  const differences: number[][] = [];
  const processes: number[][] = [];
  for (const [pair, values] of head) {
    const others = base.get(pair);
    if (paired && others === undefined) continue;
    const found: number[] = [];
    for (const [i, value] of values.entries()) {
      const other = paired ? others?.[i] : 0;
      if (value !== undefined && other !== undefined) found.push(value - other);
    }
    if (found.length > 0) differences.push(found);
    for (const side of [values, others]) {
      if (side !== undefined) processes.push(side.filter((value) => value !== undefined));
    }
  }
  if (differences.length < 2) return undefined;
  const most = Math.max(...differences.map((found) => found.length));
  const perWindow = Array.from({ length: most }, (_, i) =>
    differences.map((found) => found[i]).filter((value) => value !== undefined),
  );
  const pair = centredSd(perWindow);
  const within = centredSd(processes);
  const perProcess = paired ? pair / Math.SQRT2 : pair;
  return { chunks, pair, within, between: Math.sqrt(Math.max(0, perProcess ** 2 - within ** 2)) };
}
