import { normalQuantile } from './normal.ts';

/** Efficiency of the signed-rank test against the t-test for normal differences (Pitman): 3/π. */
export const SIGNED_RANK_EFFICIENCY = 3 / Math.PI;

export interface PowerQuestion {
  /** Error probability over both directions. */
  readonly alpha: number;
  /** Probability to find the change when it is there. */
  readonly power: number;
}

/**
 * Fewest pairs at which the two-sided signed-rank test can reject at all (2 · 2⁻ⁿ ≤ α).
 */
export function fewestPairs(alpha: number): number {
  return Math.ceil(Math.log2(2 / alpha) - 1e-9);
}

/** Pairs that the normal approximation forgets: the critical value of few pairs is that of t (Guenther 1981). */
function smallSampleTerm(alpha: number): number {
  return normalQuantile(1 - alpha / 2) ** 2 / 2;
}

/**
 * Pairs needed to find a shift of `effect` in differences of standard deviation `sd`:
 * n = ((z₁₋α⸝₂ + z_power) · sd / effect)² / (3/π) + z₁₋α⸝₂² / 2, and never fewer than can reject.
 * `effect` and `sd` share a unit.
 *
 * @throws RangeError when the effect is not positive
 */
export function pairsNeeded(effect: number, sd: number, { alpha, power }: PowerQuestion): number {
  if (!(effect > 0)) throw new RangeError('The effect to find must be positive.');
  const z = normalQuantile(1 - alpha / 2) + normalQuantile(power);
  const n = (z * sd) ** 2 / (effect ** 2 * SIGNED_RANK_EFFICIENCY) + smallSampleTerm(alpha);
  return Math.max(fewestPairs(alpha), Math.ceil(n));
}

/** The inverse of {@link pairsNeeded}: the smallest shift found with this power; `Infinity` where none can be. */
export function detectableShift(pairs: number, sd: number, { alpha, power }: PowerQuestion): number {
  if (pairs < fewestPairs(alpha)) return Number.POSITIVE_INFINITY;
  const z = normalQuantile(1 - alpha / 2) + normalQuantile(power);
  return (z * sd) / Math.sqrt((pairs - smallSampleTerm(alpha)) * SIGNED_RANK_EFFICIENCY);
}
