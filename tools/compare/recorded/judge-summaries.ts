import { normalQuantile } from '../../kernel/statistics/index.ts';
import { POWER } from '../policy.ts';
import { type JudgeQuestion, ratioInterval, type SamplesJudgement } from './judge-samples.ts';
import { studentQuantile, welch } from './welch.ts';

/** A mean with the standard deviation of what it sums up. */
export interface SideSummary {
  readonly count: number;
  readonly mean: number;
  readonly sd: number;
}

/** What is allowed for beside the interval: outliers, order, and processes are all hidden in a summary. */
const ALLOWANCE = Math.log1p(0.03);
/** Of more samples than these nobody knows how many are independent. */
const MOST = 40;
/** A mean of fewer says nothing of its spread. */
const FEWEST = 5;

/**
 * Judges a figure of which only means and standard deviations were kept; pure. On the scale of logarithms, by Welch's test,
 * as if at most forty samples had been independent.
 */
export function judgeSummaries(
  base: SideSummary,
  head: SideSummary,
  question: JudgeQuestion,
): SamplesJudgement {
  const { policy, alpha } = question;
  const moments = ({ count, mean, sd }: SideSummary) => ({
    mean: Math.log(mean),
    // Of a lognormal figure; where the spread is small, the square of the relative one.
    variance: Math.log1p((sd / mean) ** 2),
    n: Math.min(count, MOST),
  });
  const [a, b] = [moments(base), moments(head)];
  const few = Math.min(a.n, b.n) < FEWEST;
  const enough = { ...a, n: Math.max(2, a.n) };
  const other = { ...b, n: Math.max(2, b.n) };
  const found = welch(enough, other, policy.confidence, 1e-6);
  const control = question.machine ?? { shift: 0, width: 0 };
  const extra = (question.timed ? ALLOWANCE : 0) + control.width;
  const estimate = found.estimate - control.shift;
  const low = found.interval[0] - control.shift - extra;
  const high = found.interval[1] - control.shift + extra;
  const beyond = estimate > 0 ? low > 0 : high < 0;
  const large = Math.abs(estimate) > Math.log1p(policy.effectFloor);
  const changed = question.mayCall && !few && found.p <= alpha && beyond && large;
  const bound = Math.log1p(policy.margin);
  const within = !few && low > -bound && high < bound;
  const error = (found.interval[1] - found.interval[0]) / 2 / normalQuantile((1 + policy.confidence) / 2);
  return {
    verdict: changed ? (estimate > 0 ? 'regressed' : 'improved') : within ? 'unchanged' : 'inconclusive',
    ratio: Math.exp(estimate),
    interval: ratioInterval(low, high),
    confidence: policy.confidence,
    p: found.p,
    alpha,
    ...(few
      ? {}
      : { detectable: Math.expm1(extra + (normalQuantile(1 - alpha / 2) + normalQuantile(POWER)) * error) }),
    margin: policy.margin,
    test: "Welch's t-test on summaries",
    base: sideValue(base, policy.confidence),
    head: sideValue(head, policy.confidence),
    unit: 'sample',
    notes: [
      'only means and standard deviations were kept: outliers, drift and the number of processes cannot be seen',
    ],
    ...(few ? { tooFew: FEWEST } : {}),
  };
}

function sideValue({ count, mean, sd }: SideSummary, confidence: number) {
  const n = Math.max(2, Math.min(count, MOST));
  const width = studentQuantile(1 - confidence, n - 1) * Math.sqrt(Math.log1p((sd / mean) ** 2) / n);
  return { value: mean, interval: ratioInterval(Math.log(mean) - width, Math.log(mean) + width) } as const;
}
