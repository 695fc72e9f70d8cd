import { normalQuantile } from '../../kernel/statistics/index.ts';
import { changeEvidence, criticalValue } from './change-test.ts';
import { type Fit, fitShape, studentQuantile } from './fit.ts';
import { type Observation, seriesOf } from './series.ts';
import { bestShape, type Shape, shapeWith } from './shape.ts';
import type { Drift, DriftPoint, DriftPolicy, DriftStep } from './types.ts';

/** The same error budget as a comparison has; intervals of 99 %; a floor of 2.5 %. */
export const DRIFT_POLICY: DriftPolicy = { alpha: 0.001, effectFloor: 0.025, confidence: 0.99 };

/** Points of one class of machine without which no order is unlikely enough. */
export const FEWEST_POINTS = 8;

/**
 * Looks for steps and slow slopes in a recorded series. Without any change a series is said to have drifted with
 * probability α at most, as long as the sessions it was recorded in are independent of each other: the test is one
 * permutation test over all places and the slope together (change-test.ts). Where neighbouring points are alike beyond
 * what the shape explains, the evidence is damped by √((1 − r)/(1 + r)), the loss of information of a first-order
 * autoregression. Further steps of one series are each tested at α between their neighbours. Pure.
 *
 * @param points oldest first, by the order of the history and not by clocks
 */
export function driftOf(points: readonly DriftPoint[], policy: DriftPolicy = DRIFT_POLICY): Drift {
  const { observations, strata, notes: left } = seriesOf(points);
  const notes = [...left];
  const used = observations.map(({ index }) => index);
  const largest = Math.max(
    0,
    ...Array.from({ length: strata }, (_, s) => observations.filter(({ stratum }) => stratum === s).length),
  );
  if (largest < FEWEST_POINTS) return { state: 'too-few', needed: FEWEST_POINTS, used, notes };
  const shape = bestShape(observations);
  const damping = Math.sqrt((1 - shape.likeness) / (1 + shape.likeness));
  const p = changeEvidence(observations, damping);
  const { alpha } = policy;
  if (p <= alpha) {
    const proven = shape.fit.shape === 'slope' ? shape : provenSteps(observations, shape, policy);
    const found = describe(observations, proven, policy);
    const largestStep = Math.max(0, ...found.steps.map(({ ratio }) => Math.abs(Math.log(ratio))));
    if (Math.max(Math.abs(Math.log(found.total.ratio)), largestStep) > Math.log1p(policy.effectFloor)) {
      return { state: 'drifted', shape: proven.fit.shape, p, alpha, ...found, used, notes };
    }
    notes.push(
      `A change of ${((found.total.ratio - 1) * 100).toFixed(1)} % is certain, and smaller than the floor of ${(policy.effectFloor * 100).toFixed(1)} %.`,
    );
  }
  return {
    state: 'steady',
    p,
    alpha,
    detectable: detectable(observations, shape, damping, alpha),
    used,
    notes,
  };
}

/** Takes steps away, the weakest first, until each is certain between its neighbours. */
function provenSteps(series: readonly Observation[], shape: Shape, { alpha }: DriftPolicy): Shape {
  let current = shape;
  while (current.fit.at.length > 1) {
    const { at } = current.fit;
    const ends = [0, ...at, series.length];
    const evidence = at.map((_, i) => changeEvidence(series.slice(ends[i], ends[i + 2])));
    const worst = evidence.reduce((most, p, i) => (p > (evidence[most] ?? 0) ? i : most), 0);
    if ((evidence[worst] ?? 0) <= alpha) break;
    const rest = at.filter((_, i) => i !== worst);
    current = shapeWith(series, current, rest.length > 1 ? rest : bestSingle(series, current, rest));
  }
  return current;
}

/** With one step left its place is sought anew: beside others it may have stood elsewhere. */
function bestSingle(series: readonly Observation[], shape: Shape, at: readonly number[]): readonly number[] {
  return profile(series, shape, at, 0).reduce((best, one) => (one.error < best.error ? one : best)).at;
}

function describe(series: readonly Observation[], shape: Shape, { confidence }: DriftPolicy) {
  const { fit, sd, likeness } = shape;
  const free = Math.max(3, series.length - 2 * fit.sizes.length - 1);
  const reach = studentQuantile((1 + confidence) / 2, free) * sd * Math.sqrt((1 + likeness) / (1 - likeness));
  const between = (size: number, variance: number) => ({
    ratio: Math.exp(size),
    interval: [
      Math.exp(size - reach * Math.sqrt(variance)),
      Math.exp(size + reach * Math.sqrt(variance)),
    ] as const,
  });
  const indexOf = (at: number): number => series[Math.min(series.length - 1, Math.max(0, at))]?.index ?? 0;
  const span = [indexOf(0), indexOf(series.length - 1)] as const;
  if (fit.shape === 'slope') {
    const length = series.length - 1;
    const size = (fit.sizes[0] ?? 0) * length;
    return { total: between(size, (fit.covariance[0]?.[0] ?? 0) * length ** 2), steps: [], span };
  }
  const sum = fit.sizes.reduce((a, b) => a + b, 0);
  const variance = fit.covariance.flat().reduce((a, b) => a + b, 0);
  const steps = fit.at.map((at, i): DriftStep => {
    const [first, last] = placesOf(series, shape, i, confidence);
    return {
      ...between(fit.sizes[i] ?? 0, fit.covariance[i]?.[i] ?? 0),
      between: [indexOf(at - 1), indexOf(at)],
      within: [indexOf(first - 1), indexOf(last)],
    };
  });
  return { total: between(sum, variance), steps, span };
}

/**
 * Places where a step may lie: those whose squared error is not worse than the best by more than the likelihood ratio
 * allows, −2 ln(1 − √confidence) noise variances (Hansen 2000, theorem 2; conservative for large steps).
 */
function placesOf(
  series: readonly Observation[],
  shape: Shape,
  which: number,
  confidence: number,
): readonly [number, number] {
  const { fit, sd } = shape;
  const bound = -2 * Math.log(1 - Math.sqrt(confidence)) * sd ** 2;
  const possible = profile(series, shape, fit.at, which)
    .filter(({ error }) => error <= fit.squaredError + bound)
    .map(({ at }) => at[which] as number);
  const here = fit.at[which] as number;
  return [Math.min(here, ...possible), Math.max(here, ...possible)];
}

/** Squared error for each place of one step, the others held. */
function profile(series: readonly Observation[], { values }: Shape, at: readonly number[], which: number) {
  const from = (at[which - 1] ?? 0) + 1;
  const to = (at[which + 1] ?? series.length) - 1;
  const found: { at: readonly number[]; error: number }[] = [];
  for (let place = from; place <= to; place++) {
    const places = at.map((own, i) => (i === which ? place : own));
    const fit: Fit | undefined = fitShape(series, values, 'steps', places);
    if (fit) found.push({ at: places, error: fit.squaredError });
  }
  return found;
}

/** From the critical value, the noise, and 95 % power for a jump that parts the points in halves. */
function detectable(series: readonly Observation[], shape: Shape, damping: number, alpha: number): number {
  const units = (criticalValue(series, alpha) + normalQuantile(0.95)) / damping;
  return Math.expm1((units * shape.sd * 2) / Math.sqrt(series.length));
}
