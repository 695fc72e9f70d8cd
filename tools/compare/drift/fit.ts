import { median, normalQuantile } from '../../kernel/statistics/index.ts';
import type { Observation } from './series.ts';

/** A shape laid through a series, each class of machine with a level of its own. */
export interface Fit {
  readonly shape: 'steps' | 'slope';
  /** Of steps: number of points before each. */
  readonly at: readonly number[];
  /** Of steps: the size of each, logarithms; of a slope: one number, the change a point. */
  readonly sizes: readonly number[];
  /** Variance of the estimates of `sizes`, in units of the noise variance. */
  readonly covariance: readonly (readonly number[])[];
  readonly residuals: readonly number[];
  readonly squaredError: number;
}

/** Least squares through explanatory columns after taking off the level of each class; undefined where they are not independent. */
export function fitShape(
  series: readonly Observation[],
  values: readonly number[],
  shape: Fit['shape'],
  at: readonly number[],
): Fit | undefined {
  const columns =
    shape === 'slope'
      ? [series.map((_, i) => i)]
      : at.map((place) => series.map((_, i) => Number(i >= place)));
  const y = centred(series, values);
  const x = columns.map((column) => centred(series, column));
  const covariance = inverse(x.map((a) => x.map((b) => dot(a, b))));
  if (covariance === undefined) return undefined;
  const moments = x.map((column) => dot(column, y));
  const sizes = covariance.map((row) => dot(row, moments));
  const residuals = y.map((value, i) =>
    x.reduce((rest, column, j) => rest - (column[i] as number) * (sizes[j] as number), value),
  );
  return { shape, at, sizes, covariance, residuals, squaredError: dot(residuals, residuals) };
}

/**
 * Pulls points that lie more than three noise deviations off a shape to that distance (Huber's pseudo-values): a
 * session on a busy machine then neither makes a step nor hides one.
 */
export function tamed(
  values: readonly number[],
  fit: Fit,
): { values: number[]; sd: number; clipped: number } {
  const sd = 1.4826 * median(fit.residuals.map(Math.abs));
  let clipped = 0;
  const limit = 3 * sd;
  const pulled = values.map((value, i) => {
    const off = fit.residuals[i] as number;
    if (sd === 0 || Math.abs(off) <= limit) return value;
    clipped += 1;
    return value - off + Math.sign(off) * limit;
  });
  return { values: pulled, sd, clipped };
}

/**
 * Quantile of Student's t by its expansion around the normal one (Abramowitz & Stegun 26.7.5); good to a percent from
 * five degrees of freedom on.
 */
export function studentQuantile(probability: number, freedom: number): number {
  const z = normalQuantile(probability);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  return z + first / freedom + second / freedom ** 2;
}

function centred(series: readonly Observation[], values: readonly number[]): number[] {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [i, { stratum }] of series.entries()) {
    const entry = sums.get(stratum) ?? { sum: 0, count: 0 };
    sums.set(stratum, { sum: entry.sum + (values[i] as number), count: entry.count + 1 });
  }
  return series.map(({ stratum }, i) => {
    const { sum, count } = sums.get(stratum) ?? { sum: 0, count: 1 };
    return (values[i] as number) - sum / count;
  });
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}

/** Gauss–Jordan; undefined for a matrix that has none. */
function inverse(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...matrix.map((_, j) => Number(i === j))]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column; i < n; i++) {
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = i;
    }
    const lead = rows[pivot];
    const scale = lead?.[column] ?? 0;
    if (lead === undefined || Math.abs(scale) < 1e-9) return undefined;
    [rows[column], rows[pivot]] = [lead, rows[column] as number[]];
    for (let j = 0; j < 2 * n; j++) lead[j] = (lead[j] as number) / scale;
    for (const [i, row] of rows.entries()) {
      const factor = row[column] as number;
      if (i === column || factor === 0) continue;
      for (let j = 0; j < 2 * n; j++) row[j] = (row[j] as number) - factor * (lead[j] as number);
    }
  }
  return rows.map((row) => row.slice(n));
}
