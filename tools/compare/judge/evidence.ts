import { signedRank } from '../../kernel/statistics/index.ts';
import { RANK_BOUND, SUSPECT_ALPHA } from '../policy.ts';
import type { Pair } from './pairs.ts';
import type { StatisticName } from './process-statistics.ts';

export interface Evidence {
  /** Stage-wise p-value of "no change" over both batches. */
  readonly p: number;
  readonly suspect: boolean;
  /** A fresh batch was measured for the suspect and points the same way. */
  readonly confirmed: boolean;
  /** 1: head is slower, −1: head is faster, 0: neither. */
  readonly direction: -1 | 0 | 1;
}

/** Natural logarithm of head / base of each pair. */
export function logRatios(pairs: readonly Pair[], statistic: StatisticName): number[] {
  return pairs.map((pair) =>
    statistic === 'median' && pair.logRatio !== undefined
      ? pair.logRatio
      : Math.log(pair.head[statistic] / pair.base[statistic]),
  );
}

/** {@link stagedEvidence} of one statistic of time. */
export function evidence(pairs: readonly Pair[], statistic: StatisticName): Evidence {
  const of = (role: Pair['role']) =>
    logRatios(
      pairs.filter((pair) => pair.role === role),
      statistic,
    );
  return stagedEvidence(of('main'), of('confirm'));
}

/**
 * Two-stage p-value. The main batches give p₁ (exact signed-rank, two-sided). Only p₁ ≤ α₁ makes a suspect, whose
 * fresh batches give p₂, one-sided in the direction of the main ones. Where p₁ > α₁, p = p₁. Of a suspect the product
 * q = p₁ · p₂ counts (Bauer & Köhne, Biometrics 1994, with α₁ as the bound of futility):
 * P(p₁ ≤ α₁, p₁ · p₂ ≤ q) = q · (1 + ln(α₁/q)), which is p. It is a valid p-value, as p₂ is uniform given the main
 * batches whatever direction those chose. Without a fresh batch, or with one that points the other way, p₂ counts as
 * 1 and the suspect stays one: a single batch never convicts.
 *
 * @param main differences of the pairs of the main batches, head less base
 * @param confirm those of the fresh batches
 */
export function stagedEvidence(main: readonly number[], confirm: readonly number[]): Evidence {
  const first = signedRank(main, 'two-sided', RANK_BOUND);
  const direction = Math.sign(first.statistic - first.expected) as -1 | 0 | 1;
  if (first.p > SUSPECT_ALPHA || direction === 0) {
    return { p: first.p, suspect: false, confirmed: false, direction };
  }
  const second = signedRank(confirm, direction > 0 ? 'greater' : 'less', RANK_BOUND);
  const confirmed = confirm.length > 0 && second.p < 0.5;
  return { p: productP(first.p, confirmed ? second.p : 1), suspect: true, confirmed, direction };
}

/** p-value of the product of a suspect's p₁ ≤ α₁ and its p₂. */
export function productP(first: number, second: number): number {
  const product = Math.max(Number.MIN_VALUE, first * second);
  return product * (1 + Math.log(SUSPECT_ALPHA / product));
}
