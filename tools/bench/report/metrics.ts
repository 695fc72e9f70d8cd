import type { StatisticJudgement } from '../../compare/types.ts';
import type { Comparison, Metric } from '../../kernel/report/schema.ts';
import type {
  BaselineJudgement,
  BenchmarkOutcome,
  ExtraFigure,
  MissingFigure,
  OneSided,
} from '../outcome.ts';
import { instructionMetrics } from './instructions.ts';
import { memoryMetrics } from './memory-metrics.ts';
import { type MetricContext, metricId, samplesOf, witnessOf } from './metric-parts.ts';

export { type MetricContext, metricId } from './metric-parts.ts';

/** The metrics of one benchmark. Pure. */
export function metricsOf(outcome: BenchmarkOutcome, context: MetricContext): readonly Metric[] {
  switch (outcome.state) {
    case 'compared':
      return [
        ...outcome.judgement.statistics.map((judged) => comparedMetric(outcome, judged, context)),
        ...instructionMetrics(outcome, context),
        ...memoryMetrics(outcome, context),
        ...unjudged(outcome).map((extra) => extraMetric(outcome.subject, extra)),
        ...(outcome.missing ?? []).map((figure) => missingMetric(outcome.subject, figure)),
      ];
    case 'measured':
      return [
        ...outcome.figures.map((figure) => measuredMetric(outcome, figure, context)),
        ...outcome.extras.map((extra) => extraMetric(outcome.subject, extra)),
        ...(outcome.missing ?? []).map((figure) => missingMetric(outcome.subject, figure)),
      ];
    case 'identical':
      return [
        {
          ...emptyMetric(outcome.subject),
          state: 'identical',
          reason: 'the built benchmark equals the base',
        },
      ];
    case 'inconclusive':
      return [{ ...emptyMetric(outcome.subject), state: 'skipped', reason: outcome.reason }];
    case 'failed':
      return [{ ...emptyMetric(outcome.subject), state: 'failed', reason: outcome.reason }];
    case 'skipped':
      return [{ ...emptyMetric(outcome.subject), state: 'skipped', reason: outcome.reason }];
  }
}

function comparedMetric(
  outcome: Extract<BenchmarkOutcome, { state: 'compared' }>,
  judged: StatisticJudgement,
  context: MetricContext,
): Metric {
  const comparison: Comparison = {
    against: context.release === undefined ? 'base' : 'release',
    ref: context.release ?? context.baseRef,
    value: judged.base.value,
    interval: [...judged.base.interval],
    change: { ratio: judged.ratio, interval: [...judged.interval], confidence: judged.confidence },
    p: judged.p,
    test: outcome.samples.batches.every((batch) => batch.turns)
      ? 'exact Wilcoxon signed-rank test over pairs of processes that take turns on one core'
      : 'exact Wilcoxon signed-rank test over pairs of processes',
    alpha: judged.alpha,
    ...(judged.detectable === undefined ? {} : { detectable: judged.detectable }),
    ...(outcome.promised === undefined || judged.statistic === 'mean' ? {} : { promised: outcome.promised }),
    margin: judged.margin,
    design: 'interleaved',
    pairs: judged.pairs,
    confirmed: judged.confirmed,
    verdict: judged.verdict,
  };
  return {
    ...timeMetric(outcome.subject, judged.statistic),
    state: 'measured',
    value: judged.head.value,
    interval: [...judged.head.interval],
    confidence: judged.confidence,
    samples: samplesOf(outcome, context),
    comparisons: [comparison],
  };
}

function measuredMetric(
  outcome: Extract<BenchmarkOutcome, { state: 'measured' }>,
  figure: OneSided,
  context: MetricContext,
): Metric {
  return {
    ...timeMetric(outcome.subject, figure.statistic),
    state: 'measured',
    value: figure.value,
    interval: [...figure.interval],
    confidence: figure.confidence,
    samples: samplesOf(outcome, context),
    comparisons:
      figure.statistic === 'floor' && outcome.baseline ? [baselineComparison(outcome.baseline)] : [],
  };
}

function baselineComparison(judged: BaselineJudgement): Comparison {
  return {
    against: 'baseline',
    ref: judged.file,
    content: judged.content,
    value: judged.value,
    interval: [...judged.recorded],
    change: { ratio: judged.ratio, interval: [...judged.interval] },
    margin: judged.margin,
    design: judged.design,
    verdict: judged.verdict,
    note: judged.note,
  };
}

/** Figures beside time without a verdict of their own. */
function unjudged({ extras, judgement }: Extract<BenchmarkOutcome, { state: 'compared' }>) {
  const judged = new Set(judgement.memory?.figures.map(({ name }) => name));
  return extras.filter(({ name }) => !judged.has(name));
}

function extraMetric(subject: string, extra: ExtraFigure): Metric {
  return {
    id: metricId(subject, extra.name),
    subject,
    name: extra.name,
    labels: extra.base === undefined ? {} : { base: String(extra.base) },
    unit: extra.unit,
    better: extra.better,
    witness: witnessOf(extra.unit),
    statistic: 'median',
    state: 'measured',
    value: extra.head,
    comparisons: [],
  };
}

/** No unit and no direction is known of what was never given; the schema wants both. */
function missingMetric(subject: string, { name, reason }: MissingFigure): Metric {
  return {
    id: metricId(subject, name),
    subject,
    name,
    labels: {},
    unit: '',
    better: 'lower',
    witness: 'reported',
    statistic: 'median',
    state: 'skipped',
    reason,
    comparisons: [],
  };
}

const TIME_NAMES = {
  floor: 'time per operation',
  median: 'median time per operation',
  mean: 'mean time per operation',
};

function timeMetric(subject: string, statistic: keyof typeof TIME_NAMES) {
  return {
    id: metricId(subject, `wall-${statistic}`),
    subject,
    name: TIME_NAMES[statistic],
    labels: {},
    unit: 'ns/op',
    better: 'lower' as const,
    witness: 'wall',
    statistic,
  };
}

function emptyMetric(subject: string) {
  return { ...timeMetric(subject, 'floor'), comparisons: [] };
}
