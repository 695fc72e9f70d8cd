import { doubledCap, type RankBound } from './rank-scores.ts';

/**
 * Distribution of a sum in which each weight takes part with probability ½: the permutation distribution
 * of the signed-rank statistic for these scores. O(n · Σw) in time, Σw + 1 in space.
 *
 * @param weights non-negative integers
 * @returns probability of each sum 0 … Σw
 */
export function halfSumDistribution(weights: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i] as number;
  const mass = new Float64Array(total + 1);
  mass[0] = 1;
  let reach = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    reach += weight;
    for (let sum = reach; sum >= 0; sum--) {
      const without = mass[sum] as number;
      mass[sum] = 0.5 * (sum >= weight ? without + (mass[sum - weight] as number) : without);
    }
  }
  return mass;
}

/** P(T ≤ k) for k = 0 … Σw. */
export function cumulativeHalfSum(weights: ArrayLike<number>): Float64Array {
  const distribution = halfSumDistribution(weights);
  for (let k = 1; k < distribution.length; k++) {
    distribution[k] = (distribution[k] as number) + (distribution[k - 1] as number);
  }
  return distribution;
}

/** Doubled scores 2, 4, …, 2n of n untied, non-zero differences, bounded. */
export function untiedScores(n: number, bound: RankBound): Int32Array {
  const cap = doubledCap(n, bound);
  return Int32Array.from({ length: n }, (_, i) => Math.min(cap, 2 * (i + 1)));
}

/** Kept: plans and judgements ask for the same few n. */
const known = new Map<string, Float64Array>();

/** P(2T⁺ ≤ k) under the null hypothesis for n untied, non-zero differences. */
export function untiedCdf(n: number, bound: RankBound): Float64Array {
  const key = `${n}/${bound}`;
  let cdf = known.get(key);
  if (cdf === undefined) {
    cdf = cumulativeHalfSum(untiedScores(n, bound));
    known.set(key, cdf);
  }
  return cdf;
}
