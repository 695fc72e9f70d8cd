import type { Comparison, Metric } from '../kernel/report/schema.ts';
import { kindText } from './kind.ts';
import type { BenchmarkOutcome, FigureOutcome } from './outcome.ts';

/** Files of both sides, as the user named them. */
export interface Files {
  readonly base: string;
  readonly head: string;
}

/** Metric ids are stable: views and history key on them. */
export function metricId(subject: string, figure: FigureOutcome): string {
  return `${subject}#${figure.metric.unit}`;
}

/** Metrics of one benchmark for the Report. Pure. */
export function metricsOf(outcome: BenchmarkOutcome, files: Files): readonly Metric[] {
  if (outcome.state !== 'judged') return [];
  return outcome.figures.map((figure) => metricOf(outcome.id, figure, files));
}

function metricOf(subject: string, figure: FigureOutcome, files: Files): Metric {
  const { metric } = figure;
  const common = {
    id: metricId(subject, figure),
    subject,
    name: metric.name,
    labels: {},
    unit: metric.unit,
    better: metric.better === 'higher' ? ('higher' as const) : ('lower' as const),
    witness: metric.witness,
    statistic: 'median',
  };
  if (figure.state === 'missing') {
    const reason = `only ${figure.from === 'head' ? 'the base' : 'head'} has it`;
    return { ...common, state: 'skipped', reason, comparisons: [] };
  }
  const { kind } = figure;
  const labels = {
    order: kind.order,
    unit: kind.unit,
    machine: kind.machine,
    processes: kind.processes.join(' and '),
    samples: kind.samples.join(' and '),
    ...(metric.better === 'unknown' ? { better: 'unknown' } : {}),
  };
  const samples = {
    artifact: files.head,
    processes: kind.processes[1],
    perProcess: Math.round(kind.samples[1] / kind.processes[1]),
    ordered: kind.order === 'kept',
  };
  const shared = { against: 'base' as const, ref: files.base, design: kind.design };
  if (figure.state === 'counted') {
    const { base, head, p, alpha, verdict, note } = figure;
    const change = base === head ? { change: { ratio: 1, interval: [1, 1] as [number, number] } } : {};
    const comparison: Comparison = { ...shared, value: base, p, alpha, verdict, note, ...change };
    return { ...common, labels, state: 'measured', value: head, samples, comparisons: [comparison] };
  }
  const { judgement } = figure;
  const comparison: Comparison = {
    ...shared,
    value: judgement.base.value,
    interval: [...judgement.base.interval],
    change: {
      ratio: judgement.ratio,
      interval: [...judgement.interval],
      confidence: judgement.confidence,
    },
    p: judgement.p,
    test: judgement.test,
    alpha: judgement.alpha,
    ...(judgement.detectable === undefined ? {} : { detectable: judgement.detectable }),
    margin: judgement.margin,
    verdict: judgement.verdict,
    note: [kindText(kind), ...judgement.notes].join('; '),
  };
  return {
    ...common,
    labels,
    state: 'measured',
    value: judgement.head.value,
    interval: [...judgement.head.interval],
    confidence: judgement.confidence,
    samples,
    comparisons: [comparison],
  };
}
