import { median } from '../../kernel/statistics/index.ts';
import type { JudgePolicy, Verdict } from '../types.ts';
import { COUNT_TRAITS } from './traits.ts';
import type { CountedSide, CountJudgement, CountSamples, CountSlope } from './types.ts';

/** Fewer slopes a side show no spread. */
const FEWEST_SLOPES = 2;

/** The part of a policy that counts are judged by. */
export type CountPolicy = Pick<JudgePolicy, 'margin' | 'effectFloor' | 'countMargin'>;

/**
 * Judges counts; pure. Counts have no noise to speak of and no normal theory: a change is one that lies beyond what
 * the slopes of both sides differed by among themselves and what the language is known to add (its allowance, see
 * traits.ts), together half the interval's width on the scale of logarithms. Both are bounds that were measured, so
 * that no p-value goes with them.
 */
export function judgeCounts(samples: CountSamples, policy: CountPolicy): CountJudgement {
  if (samples.state === 'not-counted') return samples;
  const of = (side: CountSlope['side']) =>
    samples.slopes.filter((slope) => slope.side === side).map(instructionsPerOperation);
  const [base, head] = [of('base'), of('head')];
  const slopes = Math.min(base.length, head.length);
  const failed = (reason: string): CountJudgement => ({ state: 'not-counted', kind: 'failed', reason });
  if (slopes < FEWEST_SLOPES) return failed('too few counts came to an end within the time');
  // A process that handed its work on shows next to nothing of it.
  if ([...base, ...head].some((slope) => !(slope >= 1))) {
    return failed('its instructions do not grow with its operations');
  }
  const [baseSide, headSide] = [sideOf(base), sideOf(head)];
  const estimate = Math.log(headSide.value / baseSide.value);
  const half = Math.log1p(COUNT_TRAITS[samples.language].allowance) + halfSpread(base) + halfSpread(head);
  const margin = policy.countMargin ?? policy.margin;
  const effectFloor = Math.min(policy.effectFloor, margin / 2);
  let verdict: Verdict = Math.abs(estimate) + half < Math.log1p(margin) ? 'unchanged' : 'inconclusive';
  if (Math.abs(estimate) > Math.max(half, Math.log1p(effectFloor)))
    verdict = estimate > 0 ? 'regressed' : 'improved';
  return {
    state: 'judged',
    tool: samples.tool,
    head: headSide,
    base: baseSide,
    ratio: Math.exp(estimate),
    interval: [Math.exp(estimate - half), Math.exp(estimate + half)],
    detectable: Math.max(Math.expm1(2 * half), effectFloor),
    margin,
    slopes,
    verdict,
  };
}

/** Start-up and warm-up are in both points and cancel. */
export function instructionsPerOperation({ instructions, operations }: CountSlope): number {
  return (instructions[1] - instructions[0]) / (operations[1] - operations[0]);
}

function sideOf(slopes: readonly number[]): CountedSide {
  return { value: median(slopes), interval: [Math.min(...slopes), Math.max(...slopes)] };
}

/** Half of the range, relative: an outlier among few moves the median by no more. */
function halfSpread(slopes: readonly number[]): number {
  return Math.log(Math.max(...slopes) / Math.min(...slopes)) / 2;
}
