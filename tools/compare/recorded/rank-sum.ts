/** Two-sided p-value of a rank-sum test, and how it was had. */
export interface RankSumResult {
  /** Pairs (a, b) with b > a, ties by half: Mann and Whitney's U of the second sample. */
  readonly u: number;
  readonly p: number;
}

/** Kept: a comparison asks for the same few sizes over and over. */
const known = new Map<string, Float64Array>();

/**
 * P(U ≤ k) for k = 0 … mn of two untied samples of m and n under the null hypothesis (Mann & Whitney 1947), from the
 * generating function: the product of (1 − x^(n+i))/(1 − x^i) over i = 1 … m. O(m · mn).
 */
export function untiedCdf(m: number, n: number): Float64Array {
  const [small, large] = m < n ? [m, n] : [n, m];
  const key = `${small}/${large}`;
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const size = small * large;
  const mass = new Float64Array(size + 1);
  mass[0] = 1;
  for (let i = 1; i <= small; i++) {
    for (let k = size; k >= large + i; k--) mass[k] = (mass[k] as number) - (mass[k - large - i] as number);
    for (let k = i; k <= size; k++) mass[k] = (mass[k] as number) + (mass[k - i] as number);
    // Scaled on the way, so that counts never leave the range in which they are exact enough.
    const scale = i / (large + i);
    for (let k = 0; k <= size; k++) mass[k] = (mass[k] as number) * scale;
  }
  for (let k = 1; k <= size; k++) mass[k] = (mass[k] as number) + (mass[k - 1] as number);
  known.set(key, mass);
  return mass;
}

/** Two-sided p-value of a U of untied samples, by its exact distribution; a U with halves is rounded towards the middle. */
export function untiedP(u: number, m: number, n: number): number {
  if (m === 0 || n === 0) return 1;
  const cdf = untiedCdf(m, n);
  const smaller = Math.min(u, m * n - u);
  return Math.min(1, 2 * (cdf[Math.min(cdf.length - 1, Math.ceil(smaller))] as number));
}

/** Mid-ranks, doubled so that they are integers, of the joined sample; the first sample's come first. */
function doubledRanks(a: readonly number[], b: readonly number[]): Int32Array {
  const all = [...a, ...b];
  const order = all.map((_, index) => index).sort((i, j) => (all[i] as number) - (all[j] as number));
  const ranks = new Int32Array(all.length);
  for (let start = 0; start < order.length; ) {
    const value = all[order[start] as number];
    let end = start;
    while (end + 1 < order.length && all[order[end + 1] as number] === value) end++;
    for (let i = start; i <= end; i++) ranks[order[i] as number] = start + end + 2;
    start = end + 1;
  }
  return ranks;
}

/** Probability of each sum of `m` out of these integer ranks, over all choices. */
function sumDistribution(ranks: Int32Array, m: number): Float64Array {
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const chosen = Array.from({ length: m + 1 }, () => new Float64Array(total + 1));
  (chosen[0] as Float64Array)[0] = 1;
  ranks.forEach((rank, index) => {
    // The next element is one of the m with probability (m − k)/(N − index), k being chosen already.
    const left = ranks.length - index;
    for (let k = Math.min(m, index + 1); k >= 0; k--) {
      const here = chosen[k] as Float64Array;
      const stays = (left - (m - k)) / left;
      const below = k > 0 ? (chosen[k - 1] as Float64Array) : undefined;
      const joins = (m - k + 1) / left;
      for (let sum = total; sum >= 0; sum--) {
        const without = (here[sum] as number) * stays;
        const before = below !== undefined && sum >= rank ? (below[sum - rank] as number) * joins : 0;
        here[sum] = without + before;
      }
    }
  });
  return chosen[m] as Float64Array;
}

/**
 * Exact two-sided rank-sum test (Wilcoxon 1945; Mann & Whitney 1947), ties by mid-ranks over all assignments of the
 * values at hand to the two samples, so that it stays exact with them: twice the smaller tail, 1 at most.
 */
export function rankSum(a: readonly number[], b: readonly number[]): RankSumResult {
  const [m, n] = [a.length, b.length];
  const ranks = doubledRanks(a, b);
  let sum = 0;
  for (let i = m; i < m + n; i++) sum += ranks[i] as number;
  const u = (sum - n * (n + 1)) / 2;
  if (m === 0 || n === 0) return { u, p: 1 };
  if (new Set([...a, ...b]).size === m + n) return { u, p: untiedP(u, m, n) };
  const distribution = sumDistribution(ranks, n);
  let lower = 0;
  for (let k = 0; k <= sum; k++) lower += distribution[k] as number;
  let upper = 0;
  for (let k = sum; k < distribution.length; k++) upper += distribution[k] as number;
  return { u, p: Math.min(1, 2 * Math.min(lower, upper)) };
}

/** The smallest two-sided p-value that samples of these sizes can give: 2 / (m + n over n). */
export function smallestP(m: number, n: number): number {
  let ways = 1;
  for (let i = 1; i <= Math.min(m, n); i++) ways *= (m + n - i + 1) / i;
  return Math.min(1, 2 / ways);
}
