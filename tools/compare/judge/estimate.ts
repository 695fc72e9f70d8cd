import { hodgesLehmann } from '../../kernel/statistics/index.ts';
import { RANK_BOUND } from '../policy.ts';
import type { BenchmarkSamples } from '../types.ts';
import { processStatistics, STATISTICS, type StatisticName } from './process-statistics.ts';

/** One side's value of one statistic, nanoseconds per operation. */
export interface SideEstimate {
  readonly statistic: StatisticName;
  readonly value: number;
  readonly interval: readonly [number, number];
  /** What the interval attains; below the wish where there are too few processes. */
  readonly confidence: number;
  readonly processes: number;
}

/**
 * Value with interval of one side alone: Hodges–Lehmann over processes, on the scale of logarithms.
 * Empty where no process gave a usable sample.
 */
export function estimateSide(
  samples: BenchmarkSamples,
  side: 'base' | 'head',
  confidence: number,
): SideEstimate[] {
  const usable = samples.batches
    .filter((batch) => batch.role !== 'pilot')
    .flatMap((batch) => batch.replicates)
    .filter((replicate) => replicate.side === side)
    .map((replicate) =>
      processStatistics(replicate, replicate.chunks.length, Math.max(0, samples.overheadNs)),
    )
    .filter((outcome) => outcome.state === 'measured');
  if (usable.length === 0) return [];
  return STATISTICS.map((statistic) => {
    const { estimate, interval } = hodgesLehmann(
      usable.map((outcome) => Math.log(outcome[statistic])),
      confidence,
      RANK_BOUND,
    );
    const [low, high] = interval.interval;
    return {
      statistic,
      value: Math.exp(estimate),
      interval: [Math.exp(low), Math.exp(high)],
      confidence: interval.confidence,
      processes: usable.length,
    };
  });
}
