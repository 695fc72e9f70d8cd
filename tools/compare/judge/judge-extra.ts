import { hodgesLehmann } from '../../kernel/statistics/index.ts';
import { RANK_BOUND } from '../policy.ts';
import type { MemoryFigureJudgement, Verdict } from '../types.ts';
import { stagedEvidence } from './evidence.ts';
import type { ExtraPair } from './extra-pairs.ts';

/** What counts as a change of a figure, of which less is better. */
export interface ExtraRule {
  readonly name: string;
  readonly unit: string;
  /** Relative change that matters. */
  readonly margin: number;
  /** Absolute change that matters, in the unit of the figure; both must be reached. */
  readonly least: number;
  readonly alpha: number;
  readonly confidence: number;
}

/** A figure judged, with what decides on a confirming batch. */
export interface JudgedExtra extends MemoryFigureJudgement {
  /** Beyond the first stage's bound, and large enough to be called a change. */
  readonly suspect: boolean;
}

type Interval = readonly [number, number];

/**
 * Judges one figure from pairs of processes; pure. A change needs both stages, as one of time does (see
 * `stagedEvidence`), and an estimate beyond the margin and beyond the least difference. Unchanged is what the interval
 * of the ratio shows to lie within the margin, or that of the difference below the least one, and at once what is
 * equal in every pair. Where a process told zero there is no ratio: differences alone are judged, and any that reaches
 * `least` is beyond the margin.
 *
 * Counts of allocations are almost discrete: ties are no harm to the exact test, and leave its interval a point.
 *
 * @param pairs at least one
 */
export function judgeExtra(pairs: readonly ExtraPair[], rule: ExtraRule): JudgedExtra {
  const { confidence, margin, least, alpha } = rule;
  const differences = pairs.map(({ head, base }) => head - base);
  const ratios = pairs.map(({ head, base }) => Math.log(head / base));
  const hasRatio = ratios.every(Number.isFinite);
  const of = (role: ExtraPair['role']) =>
    (hasRatio ? ratios : differences).filter((_, i) => pairs[i]?.role === role);
  const { p, suspect, confirmed, direction } = stagedEvidence(of('main'), of('confirm'));
  const difference = hodgesLehmann(differences, confidence, RANK_BOUND);
  const ratio = hasRatio ? hodgesLehmann(ratios, confidence, RANK_BOUND) : undefined;
  const attained = difference.interval.state === 'attained';
  const bound = Math.log1p(margin);
  const large =
    Math.abs(difference.estimate) >= least && (ratio === undefined || Math.abs(ratio.estimate) > bound);
  const small =
    inside(difference.interval.interval, least) ||
    (ratio !== undefined && inside(ratio.interval.interval, bound, true));
  const equal = pairs.length > 1 && differences.every((value) => value === 0);
  const changed = confirmed && p <= alpha && large && Math.sign(difference.estimate) === direction;
  let verdict: Verdict = equal || (attained && small) ? 'unchanged' : 'inconclusive';
  if (changed) verdict = direction > 0 ? 'regressed' : 'improved';
  const exponentiated = ([low, high]: Interval): Interval => [Math.exp(low), Math.exp(high)];
  return {
    ...{ name: rule.name, unit: rule.unit, margin, least, alpha, p, verdict },
    head: sideOf(pairs.map(({ head }) => head)),
    base: sideOf(pairs.map(({ base }) => base)),
    difference: { value: difference.estimate, interval: difference.interval.interval },
    ...(ratio === undefined
      ? {}
      : {
          change: { ratio: Math.exp(ratio.estimate), interval: exponentiated(ratio.interval.interval) },
        }),
    confidence: difference.interval.confidence,
    pairs: pairs.length,
    confirmed: changed,
    suspect: suspect && large,
  };

  function sideOf(values: readonly number[]) {
    const { estimate, interval } = hodgesLehmann(values, confidence, RANK_BOUND);
    return { value: estimate, interval: interval.interval };
  }
}

function inside([low, high]: Interval, bound: number, inclusive = false): boolean {
  return inclusive ? low >= -bound && high <= bound : low > -bound && high < bound;
}
