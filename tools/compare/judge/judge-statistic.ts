import {
  fewestPairs,
  hodgesLehmann,
  type LocationInterval,
  normalQuantile,
} from '../../kernel/statistics/index.ts';
import {
  alphaOfAttempt,
  CONFIRM_SHARE,
  confidenceOfAttempt,
  LAYOUT_ALLOWANCE,
  POWER,
  RANK_BOUND,
  SUSPECT_ALPHA,
} from '../policy.ts';
import type { JudgePolicy, StatisticJudgement, Verdict } from '../types.ts';
import { evidence, logRatios } from './evidence.ts';
import type { Pair } from './pairs.ts';
import type { StatisticName } from './process-statistics.ts';

/** One statistic judged, with what notes and suspicion need beside the published part. */
export interface JudgedStatistic extends StatisticJudgement {
  readonly suspect: boolean;
  readonly tooFewPairs: boolean;
}

function exponentiated([low, high]: readonly [number, number]): [number, number] {
  return [Math.exp(low), Math.exp(high)];
}

function sideValue(values: readonly number[], confidence: number) {
  const { estimate, interval } = hodgesLehmann(values.map(Math.log), confidence, RANK_BOUND);
  return { value: Math.exp(estimate), interval: exponentiated(interval.interval) };
}

/**
 * The next run meets another hour of the machine, and bounded ranks have lighter tails than the normal theory of the
 * bounds below. Calibrated on the synthetic machines (see synthetic/trial.ts).
 */
const NOISE_SLACK = 1.25;

/**
 * Change that both stages together find with 95 % power (each with half of the misses), and whose estimate then
 * exceeds the effect floor. The standard error is read off the interval, so that heavy tails count as they do.
 */
function detectable(
  ratio: LocationInterval,
  counts: { pairs: number; main: number },
  alpha: number,
  effectFloor: number,
): number | undefined {
  if (ratio.state === 'too-few' || counts.main < fewestPairs(SUSPECT_ALPHA)) return undefined;
  const [low, high] = ratio.interval;
  const seen = (high - low) / 2 / normalQuantile((1 + ratio.confidence) / 2);
  // The error is itself an estimate, and its upper bound counts (normal theory: its own relative error is 1/√(2(n−1))).
  const error =
    NOISE_SLACK * seen * (1 + normalQuantile(POWER) / Math.sqrt(2 * Math.max(1, counts.main - 1)));
  const mainError = error * Math.sqrt(counts.pairs / counts.main);
  const hit = normalQuantile(1 - (1 - POWER) / 2);
  const found = Math.max(
    (normalQuantile(1 - SUSPECT_ALPHA / 2) + hit) * mainError,
    // The product of both stages finds about what one test of all pairs would.
    ((normalQuantile(1 - alpha / 2) + hit) * mainError) / Math.sqrt(1 + CONFIRM_SHARE),
    Math.log1p(effectFloor) + normalQuantile(POWER) * error,
  );
  return Math.expm1(found);
}

/**
 * Judges one statistic at attempt k from all pairs up to it. Bounds lie as far below 1 as above on the scale of
 * logarithms: a margin of 5 % means 1/1.05 … 1.05.
 *
 * @param pairs at least one
 * @param hypotheses statistics that share the error budget
 */
export function judgeStatistic(
  pairs: readonly Pair[],
  statistic: StatisticName,
  attempt: number,
  policy: JudgePolicy,
  hypotheses: number,
): JudgedStatistic {
  const alpha = alphaOfAttempt(policy.alpha, attempt) / hypotheses;
  const confidence = confidenceOfAttempt(policy.confidence, attempt);
  const margin = statistic === 'mean' ? policy.meanMargin : policy.margin;
  const { p, suspect, confirmed, direction } = evidence(pairs, statistic);
  const ratio = hodgesLehmann(logRatios(pairs, statistic), confidence, RANK_BOUND);
  const [lowest, highest] = ratio.interval.interval;
  const [low, high] = [lowest - LAYOUT_ALLOWANCE, highest + LAYOUT_ALLOWANCE];
  const bound = Math.log1p(margin);
  const changed =
    confirmed &&
    p <= alpha &&
    Math.abs(ratio.estimate) > Math.log1p(policy.effectFloor) &&
    Math.sign(ratio.estimate) === direction;
  const within = ratio.interval.state === 'attained' && low > -bound && high < bound;
  let verdict: Verdict = within ? 'unchanged' : 'inconclusive';
  if (changed) verdict = direction > 0 ? 'regressed' : 'improved';
  const main = pairs.filter((pair) => pair.role === 'main').length;
  const found = detectable(ratio.interval, { pairs: pairs.length, main }, alpha, policy.effectFloor);
  return {
    statistic,
    head: sideValue(
      pairs.map((pair) => pair.head[statistic]),
      confidence,
    ),
    base: sideValue(
      pairs.map((pair) => pair.base[statistic]),
      confidence,
    ),
    ratio: Math.exp(ratio.estimate),
    interval: exponentiated([low, high]),
    confidence: ratio.interval.confidence,
    p,
    alpha,
    ...(found === undefined ? {} : { detectable: found }),
    margin,
    pairs: pairs.length,
    confirmed: changed,
    verdict,
    suspect,
    tooFewPairs: ratio.interval.state === 'too-few',
  };
}
