import { normalCdf } from './normal.ts';
import { doubledScores, type RankBound } from './rank-scores.ts';
import { cumulativeHalfSum, untiedCdf } from './signed-rank-null.ts';

export type Alternative = 'two-sided' | 'greater' | 'less';

export interface SignedRankResult {
  /** Sum of the scores of positive differences (T⁺). */
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

function choose(alternative: Alternative, lower: number, upper: number): number {
  if (alternative === 'greater') return Math.min(1, upper);
  if (alternative === 'less') return Math.min(1, lower);
  return Math.min(1, 2 * Math.min(lower, upper));
}

/** Both tails are read as lower ones (the distribution is symmetric): 1 − P would lose the small digits. */
function exactP(cdf: Float64Array, t2: number, alternative: Alternative): number {
  return choose(alternative, cdf[t2] as number, cdf[cdf.length - 1 - t2] as number);
}

function normalP(doubled: readonly number[], t2: number, total2: number, alternative: Alternative): number {
  let squares = 0;
  for (const score of doubled) squares += (score / 2) ** 2;
  const sd = Math.sqrt(squares / 4);
  const distance = t2 / 2 - total2 / 4;
  if (alternative === 'two-sided') {
    return Math.min(1, 2 * normalCdf(-Math.max(0, Math.abs(distance) - 0.5) / sd));
  }
  return choose(alternative, normalCdf((distance + 0.5) / sd), normalCdf(-(distance - 0.5) / sd));
}

/**
 * Signed-rank test that differences are symmetric about zero (Wilcoxon 1945; with bounded scores where `bound` < 1).
 * Exact up to 60 differences by the permutation distribution of the scores at hand, so ties cost nothing; beyond
 * that normal with continuity correction. Zeros by Pratt: ranked with the rest, then left out.
 * All differences zero, or none at all: p = 1.
 *
 * @throws RangeError when a difference is not finite, or the bound is not within (0, 1]
 */
export function signedRank(
  differences: readonly number[],
  alternative: Alternative = 'two-sided',
  bound: RankBound = 1,
): SignedRankResult {
  if (!differences.every(Number.isFinite)) throw new RangeError('Every difference must be finite.');
  const scores = doubledScores(Float64Array.from(differences, Math.abs), bound);
  const doubled: number[] = [];
  let t2 = 0;
  let total2 = 0;
  for (let i = 0; i < differences.length; i++) {
    const difference = differences[i] as number;
    const score = scores[i] as number;
    if (difference === 0) continue;
    doubled.push(score);
    total2 += score;
    if (difference > 0) t2 += score;
  }
  const n = differences.length;
  const common = { statistic: t2 / 2, expected: total2 / 4, n, zeros: n - doubled.length };
  if (doubled.length === 0) return { ...common, p: 1, method: 'exact' };
  if (doubled.length > EXACT_LIMIT) {
    return { ...common, p: normalP(doubled, t2, total2, alternative), method: 'normal' };
  }
  const untied = common.zeros === 0 && new Set(differences.map(Math.abs)).size === n;
  const cdf = untied ? untiedCdf(n, bound) : cumulativeHalfSum(doubled);
  return { ...common, p: exactP(cdf, t2, alternative), method: 'exact' };
}
