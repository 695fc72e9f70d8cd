import type { Judgement, JudgePolicy, StatisticJudgement, Verdict } from '../../compare/types.ts';
import type { Change } from './bisect.ts';

/** What shows a regression, and is followed from commit to commit. */
export type Yardstick =
  | { readonly kind: 'time'; readonly statistic: StatisticJudgement['statistic'] }
  | { readonly kind: 'instructions' }
  | { readonly kind: 'memory'; readonly figure: string };

/** One comparison as a yardstick reads it. */
export interface Reading {
  readonly verdict: Verdict;
  readonly change: Change;
}

/** The yardstick that a regression rests on; undefined for one that has no ratio (memory out of nothing). Pure. */
export function yardstickOf(judgement: Judgement): Yardstick | undefined {
  const { counts, decidedBy, statistics, memory } = judgement;
  const judged = statistics.find(({ statistic }) => decidedBy.includes(statistic));
  if (judged?.verdict === 'regressed') return { kind: 'time', statistic: judged.statistic };
  const counted = counts?.role === 'decides' && counts.judgement.state === 'judged';
  if (counted && counts.judgement.verdict === 'regressed') return { kind: 'instructions' };
  const figure = memory?.figures.find(
    ({ verdict, change }) => verdict === 'regressed' && change !== undefined,
  );
  return figure && { kind: 'memory', figure: figure.name };
}

/** Undefined where the comparison has no such figure. Pure. */
export function readBy(yardstick: Yardstick, { statistics, memory, counts }: Judgement): Reading | undefined {
  switch (yardstick.kind) {
    case 'time':
      return reading(statistics.find(({ statistic }) => statistic === yardstick.statistic) ?? statistics[0]);
    case 'instructions':
      return counts?.judgement.state === 'judged' ? reading(counts.judgement) : undefined;
    case 'memory': {
      const figure = memory?.figures.find(({ name }) => name === yardstick.figure);
      return figure?.change && reading({ ...figure.change, verdict: figure.verdict });
    }
  }
}

/** A policy that tells a change of `margin` by this yardstick, and spends nothing on others. Pure. */
export function policyBy(
  kind: Yardstick['kind'],
  policy: JudgePolicy,
  margin: number,
  alpha: number,
): JudgePolicy {
  const { memory: _, countMargin: __, ...rest } = policy;
  const common = { ...rest, witness: 'wall', alpha } as const;
  switch (kind) {
    case 'time':
      return { ...common, margin, meanMargin: margin, effectFloor: margin / 2 };
    case 'instructions':
      return { ...common, witness: 'instructions', countMargin: margin };
    case 'memory':
      return { ...common, memory: { margin, peakMargin: margin } };
  }
}

/** The least change that a yardstick can tell from the layout of compiled code and the like, relative. */
export function leastOf({ kind }: Yardstick): number {
  return kind === 'instructions' ? 0.002 : 0.01;
}

function reading(
  judged:
    | { readonly verdict: Verdict; readonly ratio: number; readonly interval: readonly [number, number] }
    | undefined,
): Reading | undefined {
  if (judged === undefined) return undefined;
  const [low, high] = judged.interval;
  return {
    verdict: judged.verdict,
    change: { size: Math.log(judged.ratio), low: Math.log(low), high: Math.log(high) },
  };
}
