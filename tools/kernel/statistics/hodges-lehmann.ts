import { normalQuantile } from './normal.ts';
import { quantileOfSorted } from './quantile.ts';
import { signedRankCdf } from './signed-rank-null.ts';

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

/** How many averages may be cut off each end, and the confidence that remains. */
function cut(n: number, confidence: number): { k: number; attained: number } {
  const tail = (1 - confidence) / 2;
  if (n > EXACT_LIMIT) {
    const centre = (n * (n + 1)) / 4;
    const sd = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24);
    return { k: Math.max(1, Math.floor(centre - normalQuantile(1 - tail) * sd)), attained: confidence };
  }
  const cdf = signedRankCdf(n);
  let k = 0;
  while ((cdf[k] as number) <= tail * (1 + 1e-12)) k++;
  return { k, attained: k === 0 ? 0 : 1 - 2 * (cdf[k - 1] as number) };
}

/**
 * Hodges–Lehmann estimate (median of the Walsh averages) with the interval that inverts the exact
 * signed-rank test (Hollander, Wolfe & Chicken 2014, ch. 3.2–3.3). Ties leave it conservative.
 *
 * @param confidence asked for, e.g. 0.99; the interval says what it attained
 * @throws RangeError when there are no values, one is not finite, or the confidence is not within (0, 1)
 */
export function hodgesLehmann(values: readonly number[], confidence: number): Location {
  const n = values.length;
  if (n === 0 || !values.every(Number.isFinite))
    throw new RangeError('It takes finite values, at least one.');
  if (!(confidence > 0 && confidence < 1)) throw new RangeError('A confidence lies between 0 and 1.');
  const averages = walshAverages(values);
  const last = averages.length - 1;
  const estimate = quantileOfSorted(averages, 0.5);
  const { k, attained } = cut(n, confidence);
  if (k === 0) {
    const range = [averages[0] as number, averages[last] as number] as const;
    const widest = 1 - 2 * 0.5 ** n;
    return {
      estimate,
      n,
      interval: {
        state: 'too-few',
        interval: range,
        confidence: Math.max(0, widest),
        needed: valuesNeeded(confidence),
      },
    };
  }
  const interval = [averages[k - 1] as number, averages[last - (k - 1)] as number] as const;
  return { estimate, n, interval: { state: 'attained', interval, confidence: attained } };
}
