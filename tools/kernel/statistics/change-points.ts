import { median } from './quantile.ts';
import { mean } from './spread.ts';

export interface Segment {
  /** First index. */
  readonly start: number;
  /** Index after the last. */
  readonly end: number;
  readonly mean: number;
}

/** Standard deviation from first differences, which a few changes of level, or a trend, do not disturb. */
export function stepNoise(values: readonly number[]): number {
  const steps = values.slice(1).map((value, i) => Math.abs(value - (values[i] as number)));
  return steps.length === 0 ? 0 : median(steps) * 1.048358;
}

/**
 * Splits a series into segments of constant mean: the partition that minimises the squared error plus a
 * penalty of 3 · log n noise variances for each change (optimal partitioning, Jackson et al. 2005; O(n²)).
 *
 * @param shortest fewest points of a segment
 */
export function changePoints(values: readonly number[], shortest = 3): Segment[] {
  const n = values.length;
  if (n === 0) return [];
  if (n < 2 * shortest) return [{ start: 0, end: n, mean: mean(values) }];
  const sum = new Float64Array(n + 1);
  const square = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const value = values[i] as number;
    sum[i + 1] = (sum[i] as number) + value;
    square[i + 1] = (square[i] as number) + value * value;
  }
  const total = (from: number, to: number) => (sum[to] as number) - (sum[from] as number);
  const error = (from: number, to: number) =>
    (square[to] as number) - (square[from] as number) - total(from, to) ** 2 / (to - from);
  const penalty = 3 * Math.log(Math.max(2, n)) * Math.max(stepNoise(values) ** 2, 1e-12);
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const previous = new Int32Array(n + 1);
  best[0] = -penalty;
  for (let end = shortest; end <= n; end++) {
    for (let start = 0; start <= end - shortest; start++) {
      const cost = (best[start] as number) + error(start, end) + penalty;
      if (cost < (best[end] as number)) {
        best[end] = cost;
        previous[end] = start;
      }
    }
  }
  const segments: Segment[] = [];
  for (let end = n; end > 0; end = previous[end] as number) {
    const start = previous[end] as number;
    segments.unshift({ start, end, mean: total(start, end) / (end - start) });
  }
  return segments;
}
