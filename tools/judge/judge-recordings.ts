import type { JudgeQuestion } from '../compare/recorded/judge-samples.ts';
import type { Verdict } from '../compare/types.ts';
import { hodgesLehmann } from '../kernel/statistics/index.ts';
import {
  compareMachines,
  type RecordedBenchmark,
  type RecordedMetric,
  type Recording,
} from '../recordings/index.ts';
import { judgeErrors } from './errors.ts';
import { judgeFigure } from './judge-figure.ts';
import { type Circumstances, designOf } from './kind.ts';
import { type BenchmarkOutcome, type FigureOutcome, figureVerdict } from './outcome.ts';
import { type BenchmarkPair, pairUp } from './pair-up.ts';
import type { JudgeSettings } from './settings.ts';

/** Two recordings, judged, and what they are to each other. */
export interface RecordingsJudgement {
  readonly outcomes: readonly BenchmarkOutcome[];
  readonly around: Circumstances;
}

/** Fewer than these say too little of how differently two machines treat different code. */
const CONTROLS_ACROSS_MACHINES = 3;

/**
 * Judges two recordings benchmark by benchmark; pure. What a file lacks that the other has is an outcome too.
 *
 * @throws AssayError `judge/different-formats`
 */
export function judgeRecordings(
  base: Recording,
  head: Recording,
  settings: JudgeSettings,
): RecordingsJudgement {
  if (base.format !== head.format) {
    throw judgeErrors.create('judge/different-formats', {
      base: base.path,
      head: head.path,
      baseFormat: base.format,
      headFormat: head.format,
    });
  }
  const around: Circumstances = {
    design: designOf(base, head),
    machine: compareMachines(base.machine, head.machine),
  };
  const pairs = pairUp(base, head);
  const controls = pairs.filter(({ id }) => settings.controls.some((control) => control.test(id)));
  const question = {
    policy: settings.policy,
    mayCall: around.machine.state !== 'different' || controls.length >= CONTROLS_ACROSS_MACHINES,
  };
  const ids = new Set(controls.map(({ id }) => id));
  const outcomes = pairs.map((pair) => {
    const others = controls.filter(({ id }) => id !== pair.id);
    const machine = ids.has(pair.id) ? undefined : machineShift(others);
    return judgePair(pair, { ...question, ...(machine ? { machine } : {}) }, around, ids.has(pair.id));
  });
  return { outcomes, around };
}

/** What the controls did between the recordings: their median change, and how far they disagree about it. */
function machineShift(controls: readonly BenchmarkPair[]): JudgeQuestion['machine'] {
  const logs = controls.flatMap(({ base, head }) => {
    const [a, b] = [timeOf(base), timeOf(head)];
    return a === undefined || b === undefined ? [] : [Math.log(b / a)];
  });
  if (logs.length === 0) return undefined;
  const sorted = [...logs].sort((a, b) => a - b);
  const shift = ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
  return { shift, width: Math.max(...logs.map((log) => Math.abs(log - shift))) };
}

function timeOf(benchmark: RecordedBenchmark | undefined): number | undefined {
  if (benchmark?.state !== 'read') return undefined;
  const data = benchmark.metrics.find(({ unit }) => unit === 'ns/op')?.data;
  if (data === undefined) return undefined;
  if (data.state === 'summary') return data.mean;
  const values = data.processes.flatMap((process) => process.values).slice(0, 400);
  return Math.exp(hodgesLehmann(values.map(Math.log), 0.5).estimate);
}

type Asked = Omit<JudgeQuestion, 'alpha' | 'timed'>;

function judgePair(
  { id, base, head }: BenchmarkPair,
  asked: Asked,
  around: Circumstances,
  control: boolean,
): BenchmarkOutcome {
  for (const [side, found] of [
    ['head', head],
    ['base', base],
  ] as const) {
    if (found?.state === 'broken') return { state: 'broken', id, side, error: found.error };
  }
  if (base?.state !== 'read') return { state: 'missing', id, from: 'base' };
  if (head?.state !== 'read') return { state: 'missing', id, from: 'head' };
  const units = unitClash(id, base.metrics, head.metrics);
  if (units) return { state: 'broken', id, side: 'head', error: units };
  const shared = head.metrics.filter(({ unit }) => base.metrics.some((other) => other.unit === unit));
  const alpha = asked.policy.alpha / Math.max(1, shared.length);
  const figures: FigureOutcome[] = [
    ...head.metrics.map((metric): FigureOutcome => {
      const before = base.metrics.find(({ unit }) => unit === metric.unit);
      if (before === undefined) return { state: 'missing', metric, from: 'base' };
      const timed = metric.witness === 'wall' || metric.witness === 'cpu';
      // Only times change with the machine.
      const { machine, ...rest } = asked;
      const question = { ...rest, alpha, timed, ...(timed && machine ? { machine } : {}) };
      return judgeFigure(before, metric, question, around);
    }),
    ...base.metrics
      .filter(({ unit }) => !head.metrics.some((other) => other.unit === unit))
      .map((metric): FigureOutcome => ({ state: 'missing', metric, from: 'head' })),
  ];
  return { state: 'judged', id, figures, control, verdict: verdictOf(figures.map(figureVerdict)) };
}

/** Sides that share no unit measured different things; so did sides of which one calls more better and the other less. */
function unitClash(benchmark: string, base: readonly RecordedMetric[], head: readonly RecordedMetric[]) {
  const named = (metrics: readonly RecordedMetric[]) => metrics.map(({ unit }) => `'${unit}'`).join(', ');
  const clash = (a: string, b: string) =>
    judgeErrors.create('judge/different-units', { benchmark, base: a, head: b });
  if (!head.some(({ unit }) => base.some((other) => other.unit === unit)))
    return clash(named(base), named(head));
  for (const metric of head) {
    const other = base.find(({ unit }) => unit === metric.unit);
    if (other === undefined || other.better === metric.better) continue;
    const told = ({ unit, better }: RecordedMetric) => `'${unit}' (better: ${better})`;
    return clash(told(other), told(metric));
  }
  return undefined;
}

/** A change of any figure is one of the benchmark; unchanged is what all of them show. */
function verdictOf(verdicts: readonly Verdict[]): Verdict {
  for (const verdict of ['regressed', 'improved', 'inconclusive'] as const) {
    if (verdicts.includes(verdict)) return verdict;
  }
  return 'unchanged';
}
