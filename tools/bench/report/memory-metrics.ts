import type { MemoryFigureJudgement } from '../../compare/types.ts';
import type { Comparison, Metric } from '../../kernel/report/schema.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { type MetricContext, metricId, samplesOf, witnessOf } from './metric-parts.ts';

type Compared = Extract<BenchmarkOutcome, { state: 'compared' }>;

/** What processes told of memory, as metrics with a verdict. Pure. */
export function memoryMetrics(outcome: Compared, context: MetricContext): readonly Metric[] {
  return (outcome.judgement.memory?.figures ?? []).map((judged) => ({
    id: metricId(outcome.subject, judged.name),
    subject: outcome.subject,
    name: judged.name,
    labels: {},
    unit: judged.unit,
    better: 'lower',
    witness: witnessOf(judged.unit),
    statistic: 'median',
    state: 'measured',
    value: judged.head.value,
    interval: [...judged.head.interval],
    confidence: judged.confidence,
    samples: { ...samplesOf(outcome, context), perProcess: 1 },
    comparisons: [comparisonOf(judged, context)],
  }));
}

function comparisonOf(judged: MemoryFigureJudgement, context: MetricContext): Comparison {
  const { change, difference } = judged;
  return {
    against: context.release === undefined ? 'base' : 'release',
    ref: context.release ?? context.baseRef,
    value: judged.base.value,
    interval: [...judged.base.interval],
    ...(change === undefined
      ? {}
      : { change: { ratio: change.ratio, interval: [...change.interval], confidence: judged.confidence } }),
    difference: { value: difference.value, interval: [...difference.interval] },
    p: judged.p,
    test: 'exact Wilcoxon signed-rank test over pairs of processes',
    alpha: judged.alpha,
    margin: judged.margin,
    least: judged.least,
    design: 'interleaved',
    pairs: judged.pairs,
    confirmed: judged.confirmed,
    verdict: judged.verdict,
    ...(change === undefined ? { note: 'no ratio: a side is at zero' } : {}),
  };
}
