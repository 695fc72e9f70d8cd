import { ascending, median } from './quantile.ts';

/** Makes the median absolute deviation of a normal sample estimate its standard deviation: 1/Φ⁻¹(3/4). */
const MAD_TO_SD = 1.482602218505602;

/** @throws RangeError when there are no values */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError('A mean needs at least one value.');
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** Unbiased (n − 1) sample variance; 0 for a single value. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values);
  if (values.length === 1) return 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - centre) ** 2;
  return sum / (values.length - 1);
}

export function standardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values));
}

/** Median absolute deviation from the median, not scaled. */
export function medianAbsoluteDeviation(values: readonly number[]): number {
  const centre = median(values);
  return median(values.map((value) => Math.abs(value - centre)));
}

/** Standard deviation as a normal sample of this median absolute deviation would have it. */
export function robustSd(values: readonly number[]): number {
  return MAD_TO_SD * medianAbsoluteDeviation(values);
}

/**
 * Standard deviation from Gini's mean difference: √π/2 · mean |xᵢ − xⱼ| (Gerstenberger & Vogel 2015).
 * 98 % as efficient as the usual one for a normal sample, yet an outlier enters once and not squared:
 * fit for planning from a handful of pairs on a machine that toggles its speed. 0 for a single value.
 */
export function giniSd(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return 0;
  const sorted = ascending(values);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (2 * i - n + 1) * (sorted[i] as number);
  return (Math.sqrt(Math.PI) * sum) / (n * (n - 1));
}
