import { normalCdf } from './normal.ts';
import { halfSumDistribution, signedRankCdf } from './signed-rank-null.ts';

export type Alternative = 'two-sided' | 'greater' | 'less';

export interface SignedRankResult {
  /** Sum of the ranks of positive differences (T⁺), zeros ranked and then left out (Pratt 1959). */
  readonly statistic: number;
  /** What T⁺ is on average when nothing changed. */
  readonly expected: number;
  readonly n: number;
  readonly zeros: number;
  readonly p: number;
  readonly method: 'exact' | 'normal';
}

/** Up to here the p-value is exact, ties or not. */
const EXACT_LIMIT = 60;

/** Mid-ranks of absolute values, doubled so that they stay integers; zeros take part in the ranking. */
function doubledRanks(absolute: Float64Array): Int32Array {
  const n = absolute.length;
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => (absolute[a] as number) - (absolute[b] as number),
  );
  const ranks = new Int32Array(n);
  for (let start = 0; start < n; ) {
    let end = start;
    const value = absolute[order[start] as number] as number;
    while (end + 1 < n && absolute[order[end + 1] as number] === value) end++;
    for (let i = start; i <= end; i++) ranks[order[i] as number] = start + end + 2;
    start = end + 1;
  }
  return ranks;
}

function choose(alternative: Alternative, lower: number, upper: number): number {
  if (alternative === 'greater') return Math.min(1, Math.max(0, upper));
  if (alternative === 'less') return Math.min(1, Math.max(0, lower));
  return Math.min(1, 2 * Math.max(0, Math.min(lower, upper)));
}

function exactP(doubled: readonly number[], t2: number, untied: boolean, alternative: Alternative): number {
  if (untied) {
    const cdf = signedRankCdf(doubled.length);
    // Both tails are read as lower ones (the distribution is symmetric): 1 − cdf would lose small digits.
    const t = t2 / 2;
    const at = (k: number) => (k < 0 ? 0 : (cdf[Math.min(k, cdf.length - 1)] as number));
    return choose(alternative, at(t), at(cdf.length - 1 - t));
  }
  const mass = halfSumDistribution(doubled);
  const lowerSum = (k: number) => {
    let sum = 0;
    for (let i = 0; i <= k; i++) sum += mass[i] as number;
    return sum;
  };
  return choose(alternative, lowerSum(t2), lowerSum(mass.length - 1 - t2));
}

function normalP(
  ranks: readonly number[],
  statistic: number,
  expected: number,
  alternative: Alternative,
): number {
  let squares = 0;
  for (const rank of ranks) squares += rank * rank;
  const sd = Math.sqrt(squares / 4);
  const distance = statistic - expected;
  if (alternative === 'two-sided') {
    return Math.min(1, 2 * normalCdf(-Math.max(0, Math.abs(distance) - 0.5) / sd));
  }
  return choose(alternative, normalCdf((distance + 0.5) / sd), normalCdf(-(distance - 0.5) / sd));
}

/**
 * Wilcoxon's signed-rank test that differences are symmetric about zero. Exact up to 60 differences by the
 * permutation distribution of the ranks at hand, so ties cost nothing; beyond that normal with continuity
 * correction. Zeros by Pratt: ranked with the rest, then left out.
 * All differences zero, or none at all: p = 1.
 *
 * @throws RangeError when a difference is not finite
 */
export function signedRank(
  differences: readonly number[],
  alternative: Alternative = 'two-sided',
): SignedRankResult {
  if (!differences.every(Number.isFinite)) throw new RangeError('Every difference must be finite.');
  const all = doubledRanks(Float64Array.from(differences, Math.abs));
  const doubled: number[] = [];
  let t2 = 0;
  for (let i = 0; i < differences.length; i++) {
    const difference = differences[i] as number;
    if (difference === 0) continue;
    doubled.push(all[i] as number);
    if (difference > 0) t2 += all[i] as number;
  }
  const zeros = differences.length - doubled.length;
  let total = 0;
  for (const rank of doubled) total += rank;
  const common = { statistic: t2 / 2, expected: total / 4, n: differences.length, zeros };
  if (doubled.length === 0) return { ...common, p: 1, method: 'exact' };
  if (doubled.length <= EXACT_LIMIT) {
    const untied = zeros === 0 && new Set(doubled).size === doubled.length;
    return { ...common, p: exactP(doubled, t2, untied, alternative), method: 'exact' };
  }
  const ranks = doubled.map((rank) => rank / 2);
  return { ...common, p: normalP(ranks, common.statistic, common.expected, alternative), method: 'normal' };
}
