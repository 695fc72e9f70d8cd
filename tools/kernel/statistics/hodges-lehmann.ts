import { normalQuantile } from './normal.ts';
import { doubledScores, type RankBound } from './rank-scores.ts';
import { untiedCdf, untiedScores } from './signed-rank-null.ts';

/** Up to here the interval uses the exact null distribution. */
const EXACT_LIMIT = 200;

/**
 * An interval with what it holds in truth. `too-few`: no interval of so few values reaches the confidence;
 * the widest there is (their range) is given with the confidence that it has.
 */
export type LocationInterval =
  | { readonly state: 'attained'; readonly interval: readonly [number, number]; readonly confidence: number }
  | {
      readonly state: 'too-few';
      readonly interval: readonly [number, number];
      readonly confidence: number;
      /** So many values would reach it. */
      readonly needed: number;
    };

export interface Location {
  readonly estimate: number;
  readonly interval: LocationInterval;
  readonly n: number;
}

/** All averages (xᵢ + xⱼ)/2 with i ≤ j, ascending; n(n+1)/2 of them. */
export function walshAverages(values: readonly number[]): Float64Array {
  const n = values.length;
  const averages = new Float64Array((n * (n + 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) {
    const a = values[i] as number;
    for (let j = i; j < n; j++) averages[at++] = (a + (values[j] as number)) / 2;
  }
  return averages.sort();
}

/** Fewest values whose signed-rank interval can reach the confidence: 2 · 2⁻ⁿ ≤ 1 − confidence. */
export function valuesNeeded(confidence: number): number {
  return Math.ceil(Math.log2(2 / (1 - confidence)) - 1e-9);
}

/** Largest doubled T⁺ that rejects on the low side (−1: none does), and the confidence that leaves. */
function criticalValue(n: number, confidence: number, bound: RankBound): { t2: number; attained: number } {
  const tail = (1 - confidence) / 2;
  if (n > EXACT_LIMIT) {
    const scores = untiedScores(n, bound);
    const sd = Math.sqrt(scores.reduce((sum, score) => sum + score * score, 0) / 4);
    const centre = scores.reduce((sum, score) => sum + score, 0) / 2;
    return { t2: Math.floor(centre - normalQuantile(1 - tail) * sd - 1), attained: confidence };
  }
  const cdf = untiedCdf(n, bound);
  let t2 = -1;
  while ((cdf[t2 + 1] as number) <= tail * (1 + 1e-12)) t2++;
  return { t2, attained: t2 < 0 ? 0 : 1 - 2 * (cdf[t2] as number) };
}

/** Doubled T⁺ of the values less `location`; values at the location count by half. */
function doubledT(values: readonly number[], location: number, bound: RankBound): number {
  const centred = Float64Array.from(values, (value) => value - location);
  const scores = doubledScores(centred.map(Math.abs), bound);
  let sum = 0;
  for (let i = 0; i < centred.length; i++) {
    const value = centred[i] as number;
    if (value > 0) sum += scores[i] as number;
    else if (value === 0) sum += (scores[i] as number) / 2;
  }
  return sum;
}

/**
 * Where T⁺, which only falls as the location rises and only changes at Walsh averages, first falls to `t2` or below:
 * the average at which it does.
 */
function crossing(
  steps: Float64Array,
  values: readonly number[],
  bound: RankBound,
  passed: (t2: number) => boolean,
): number {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const between = ((steps[middle] as number) + (steps[middle + 1] as number)) / 2;
    if (passed(doubledT(values, between, bound))) high = middle;
    else low = middle + 1;
  }
  return steps[low] as number;
}

/**
 * Hodges–Lehmann estimate and interval of a location by inversion of the exact signed-rank test (Hodges & Lehmann
 * 1963; Hollander, Wolfe & Chicken 2014, ch. 3.2–3.3): the locations at which {@link signedRank} with the same bound
 * does not reject. With `bound` 1 the estimate is the median of the Walsh averages. Ties leave it conservative.
 *
 * @param confidence asked for, e.g. 0.99; the interval says what it attained
 * @throws RangeError when there are no values, one is not finite, or the confidence is not within (0, 1)
 */
export function hodgesLehmann(values: readonly number[], confidence: number, bound: RankBound = 1): Location {
  const n = values.length;
  if (n === 0 || !values.every(Number.isFinite))
    throw new RangeError('It takes finite values, at least one.');
  if (!(confidence > 0 && confidence < 1)) throw new RangeError('A confidence lies between 0 and 1.');
  const steps = walshAverages(values).filter((value, i, all) => i === 0 || value !== all[i - 1]);
  const total2 = untiedScores(n, bound).reduce((sum, score) => sum + score, 0);
  const cross = (passed: (t2: number) => boolean) => crossing(steps, values, bound, passed);
  // Tied sizes beside a bound can lose a little of the total; the centre is then that of the untied scores.
  const estimate = (cross((t2) => t2 <= total2 / 2) + cross((t2) => t2 < total2 / 2)) / 2;
  const { t2: critical, attained } = criticalValue(n, confidence, bound);
  if (critical < 0) {
    const range = [steps[0] as number, steps[steps.length - 1] as number] as const;
    const widest = Math.max(0, 1 - 2 * 0.5 ** n);
    const needed = valuesNeeded(confidence);
    return { estimate, n, interval: { state: 'too-few', interval: range, confidence: widest, needed } };
  }
  const low = cross((t2) => t2 < total2 - critical);
  const high = cross((t2) => t2 <= critical);
  return { estimate, n, interval: { state: 'attained', interval: [low, high], confidence: attained } };
}
