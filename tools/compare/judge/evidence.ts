import { signedRank } from '../../kernel/statistics/index.ts';
import { RANK_BOUND, SUSPECT_ALPHA } from '../policy.ts';
import type { Pair } from './pairs.ts';
import type { StatisticName } from './process-statistics.ts';

export interface Evidence {
  /** Stage-wise p-value of "no change" over both batches. */
  readonly p: number;
  readonly suspect: boolean;
  /** A fresh batch was measured for the suspect. */
  readonly confirmedBy: number;
  /** 1: head is slower, −1: head is faster, 0: neither. */
  readonly direction: -1 | 0 | 1;
}

/** Natural logarithm of head / base of each pair. */
export function logRatios(pairs: readonly Pair[], statistic: StatisticName): number[] {
  return pairs.map((pair) => Math.log(pair.head[statistic] / pair.base[statistic]));
}

/**
 * Two-stage p-value. The main batches give p₁ (exact signed-rank, two-sided). Only p₁ ≤ α₁ makes a suspect, whose
 * fresh batches give p₂, one-sided in the direction of the main ones. Then p = p₁ where p₁ > α₁, else α₁ · p₂.
 * It is a valid p-value: for x ≤ α₁, P(p ≤ x) = P(p₁ ≤ α₁) · P(p₂ ≤ x/α₁) ≤ x, as p₂ is uniform given the main
 * batch whatever direction that one chose. A suspect without a fresh batch has p₂ = 1.
 */
export function evidence(pairs: readonly Pair[], statistic: StatisticName): Evidence {
  const main = logRatios(
    pairs.filter((pair) => pair.role === 'main'),
    statistic,
  );
  const confirm = logRatios(
    pairs.filter((pair) => pair.role === 'confirm'),
    statistic,
  );
  const first = signedRank(main, 'two-sided', RANK_BOUND);
  const direction = Math.sign(first.statistic - first.expected) as -1 | 0 | 1;
  if (first.p > SUSPECT_ALPHA || direction === 0) {
    return { p: first.p, suspect: false, confirmedBy: 0, direction };
  }
  const second = signedRank(confirm, direction > 0 ? 'greater' : 'less', RANK_BOUND);
  return { p: SUSPECT_ALPHA * second.p, suspect: true, confirmedBy: confirm.length, direction };
}
