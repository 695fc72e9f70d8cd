/**
 * Distribution of a sum in which each weight takes part with probability ½: the permutation distribution
 * of the signed-rank statistic for these ranks. O(n · Σw) in time, Σw + 1 in space.
 *
 * @param weights non-negative integers
 * @returns probability of each sum 0 … Σw
 */
export function halfSumDistribution(weights: readonly number[]): Float64Array {
  let total = 0;
  for (const weight of weights) total += weight;
  const mass = new Float64Array(total + 1);
  mass[0] = 1;
  let reach = 0;
  for (const weight of weights) {
    reach += weight;
    for (let sum = reach; sum >= weight; sum--) {
      mass[sum] = 0.5 * (mass[sum] as number) + 0.5 * (mass[sum - weight] as number);
    }
    for (let sum = Math.min(weight, reach + 1) - 1; sum >= 0; sum--) mass[sum] = 0.5 * (mass[sum] as number);
  }
  return mass;
}

/** Distribution function of T⁺ for n untied differences, kept: plans and judgements ask for the same few n. */
const cumulative = new Map<number, Float64Array>();

/** P(T⁺ ≤ k) for k = 0 … n(n+1)/2 under the null hypothesis, n untied non-zero differences. */
export function signedRankCdf(n: number): Float64Array {
  const known = cumulative.get(n);
  if (known !== undefined) return known;
  const distribution = halfSumDistribution(Array.from({ length: n }, (_, i) => i + 1));
  for (let k = 1; k < distribution.length; k++) {
    distribution[k] = (distribution[k] as number) + (distribution[k - 1] as number);
  }
  cumulative.set(n, distribution);
  return distribution;
}
