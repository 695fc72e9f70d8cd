import { type Fit, fitShape, tamed } from './fit.ts';
import type { Observation } from './series.ts';

/** Fewer points than this make no level of their own. */
const SHORTEST = 3;
const MOST_STEPS = 6;

/** The shape that explains a series best, and the noise around it. */
export interface Shape {
  readonly fit: Fit;
  /** The series with its outliers pulled in. */
  readonly values: readonly number[];
  /** Standard deviation of a point, as far as outliers let it be known. */
  readonly sd: number;
  /** Correlation of neighbouring residuals of one class of machine, at least 0. */
  readonly likeness: number;
}

/**
 * Chooses between a slope and one to six steps: the least of n · log(squared error) plus log n for a slope and
 * 3 · log n for each step (its size, its place, and the search for it; the penalty of tools/kernel/statistics/change-points).
 * Steps are sought one after the other, each where it explains most.
 */
export function bestShape(series: readonly Observation[]): Shape {
  const raw = series.map(({ log }) => log);
  let values: readonly number[] = raw;
  let chosen = choose(series, values);
  let sd = 0;
  let clipped = 0;
  // Each round sees a little better what is an outlier of which shape.
  for (let round = 0; round < 3; round++) {
    const calm = tamed(raw, refit(series, raw, chosen));
    values = calm.values;
    clipped = calm.clipped;
    chosen = choose(series, values);
  }
  const n = series.length;
  const free = Math.max(1, n - new Set(series.map(({ stratum }) => stratum)).size - parameters(chosen));
  // Huber 1964: what is pulled in counts for less, and the rest bears it.
  sd = Math.sqrt(chosen.squaredError / free) * (n / Math.max(1, n - clipped));
  return { fit: chosen, values, sd, likeness: likeness(series, chosen.residuals) };
}

/** As `bestShape`, of a given number of steps at given places. */
export function shapeWith(series: readonly Observation[], shape: Shape, at: readonly number[]): Shape {
  const fit = fitShape(series, shape.values, 'steps', at);
  return fit === undefined ? shape : { ...shape, fit };
}

function refit(series: readonly Observation[], raw: readonly number[], { shape, at }: Fit): Fit {
  return fitShape(series, raw, shape, at) ?? flat(series, raw);
}

function choose(series: readonly Observation[], values: readonly number[]): Fit {
  const n = series.length;
  const price = (fit: Fit): number =>
    n * Math.log(Math.max(fit.squaredError, 1e-18) / n) +
    Math.log(n) * (fit.shape === 'slope' ? 1 : 3 * fit.at.length);
  const candidates: Fit[] = [];
  const slope = fitShape(series, values, 'slope', []);
  if (slope) candidates.push(slope);
  let at: readonly number[] = [];
  for (let count = 1; count <= MOST_STEPS; count++) {
    const next = bestFurtherStep(series, values, at);
    if (next === undefined) break;
    candidates.push(next);
    at = next.at;
  }
  return candidates.reduce(
    (best, fit) => (price(fit) < price(best) ? fit : best),
    candidates[0] ?? flat(series, values),
  );
}

function bestFurtherStep(
  series: readonly Observation[],
  values: readonly number[],
  at: readonly number[],
): Fit | undefined {
  let best: Fit | undefined;
  for (let place = SHORTEST; place <= series.length - SHORTEST; place++) {
    if (at.some((other) => Math.abs(other - place) < SHORTEST)) continue;
    const places = [...at, place].sort((a, b) => a - b);
    const fit = fitShape(series, values, 'steps', places);
    if (fit && (best === undefined || fit.squaredError < best.squaredError)) best = fit;
  }
  return best;
}

function parameters(fit: Fit): number {
  return fit.shape === 'slope' ? 1 : 2 * fit.at.length;
}

function flat(series: readonly Observation[], values: readonly number[]): Fit {
  const fit = fitShape(series, values, 'steps', []);
  if (fit === undefined) throw new RangeError('A series without points has no shape.');
  return fit;
}

/** Lag-one correlation within classes of machine. */
function likeness(series: readonly Observation[], residuals: readonly number[]): number {
  const last = new Map<number, number>();
  let together = 0;
  let alone = 0;
  for (const [i, { stratum }] of series.entries()) {
    const own = residuals[i] as number;
    const before = last.get(stratum);
    if (before !== undefined) together += own * before;
    alone += own * own;
    last.set(stratum, own);
  }
  return alone > 0 ? Math.min(0.9, Math.max(0, together / alone)) : 0;
}
