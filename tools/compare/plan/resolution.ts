import { hodgesLehmann } from '../../kernel/statistics/index.ts';
import { logRatios } from '../judge/evidence.ts';
import { type Pair, pairUp, statisticsOf } from '../judge/pairs.ts';
import type { StatisticName } from '../judge/process-statistics.ts';
import { LAYOUT_ALLOWANCE, RANK_BOUND } from '../policy.ts';
import type { BenchmarkSamples, JudgePolicy } from '../types.ts';

/** Half-width of the interval of sizes, relative to the margin, at which the interval of changes fits the margin. */
const ENOUGH = 0.36;

/**
 * Whether the main batch is precise enough, asked without looking at any direction: only at the sizes |log ratio|.
 * Where nothing changed, the signs of the differences are fair coins given their sizes, so a batch that is
 * lengthened by this rule keeps the error of the signed-rank test exactly (it conditions on the sizes as well);
 * lengthening it by looking at the result would not.
 *
 * Sizes of a normal sample without a shift spread 0.6 times as far as the sample; with a large shift, as far.
 */
export function resolved(samples: BenchmarkSamples, policy: JudgePolicy): boolean {
  const pairs = pairUp(samples).pairs.filter((pair) => pair.role === 'main');
  return statisticsOf(pairs).some((statistic) => statistic !== 'mean' && precise(pairs, statistic, policy));
}

function precise(pairs: readonly Pair[], statistic: StatisticName, policy: JudgePolicy): boolean {
  const sizes = logRatios(pairs, statistic).map(Math.abs);
  if (sizes.length === 0) return false;
  const { interval } = hodgesLehmann(sizes, policy.confidence, RANK_BOUND);
  const [low, high] = interval.interval;
  return (
    interval.state === 'attained' &&
    (high - low) / 2 <= ENOUGH * (Math.log1p(policy.margin) - LAYOUT_ALLOWANCE)
  );
}
