import {
  type JudgeQuestion,
  judgeSamples,
  type SamplesJudgement,
} from '../compare/recorded/judge-samples.ts';
import { judgeSummaries } from '../compare/recorded/judge-summaries.ts';
import { rankSum } from '../compare/recorded/rank-sum.ts';
import type { Verdict } from '../compare/types.ts';
import { mean, median, standardDeviation } from '../kernel/statistics/index.ts';
import type { RecordedData, RecordedMetric } from '../recordings/index.ts';
import { type Circumstances, kindOf } from './kind.ts';
import type { FigureOutcome } from './outcome.ts';

/** Judges one figure that both sides have, of one unit. Pure. */
export function judgeFigure(
  base: RecordedMetric,
  head: RecordedMetric,
  question: JudgeQuestion,
  around: Circumstances,
): FigureOutcome {
  const kind = kindOf(base.data, head.data, around);
  const [a, b] = [valuesOf(base.data), valuesOf(head.data)];
  const common = { metric: head, kind } as const;
  const constant = isConstant(a) && isConstant(b);
  if ([...a, ...b].some((value) => value === 0) || (constant && head.exact && base.exact)) {
    const exact = base.exact && head.exact && constant;
    return { state: 'counted', ...common, ...counted(a, b, exact, question, head.better) };
  }
  return { state: 'judged', ...common, judgement: directed(base.data, head.data, question, head.better) };
}

function valuesOf(data: RecordedData): readonly number[] {
  return data.state === 'summary' ? [data.mean] : data.processes.flatMap(({ values }) => values);
}

function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

/**
 * Judged as a cost, so that more is worse and outliers lie above: a rate is turned into time per unit, and its figures back
 * afterwards. Where no direction is known, a change is none that could be called better or worse.
 */
function directed(
  base: RecordedData,
  head: RecordedData,
  question: JudgeQuestion,
  better: RecordedMetric['better'],
): SamplesJudgement {
  if (better === 'lower') return judgeData(base, head, question);
  if (better === 'higher') return inverted(judgeData(inverse(base), inverse(head), question));
  const judged = judgeData(base, head, question);
  if (judged.verdict === 'unchanged' || judged.verdict === 'inconclusive') return judged;
  const note = 'it changed, and nothing says whether more of it is better (a Unit line with better= would)';
  return { ...judged, verdict: 'inconclusive', notes: [...judged.notes, note] };
}

function judgeData(base: RecordedData, head: RecordedData, question: JudgeQuestion): SamplesJudgement {
  if (base.state === 'samples' && head.state === 'samples') {
    const side = ({ order, processes }: typeof base) => ({
      order,
      processes: processes.map(({ values }) => values),
    });
    return judgeSamples(side(base), side(head), question);
  }
  return judgeSummaries(summaryOf(base), summaryOf(head), question);
}

/** Samples beside a summary are summed up too. */
function summaryOf(data: RecordedData) {
  if (data.state === 'summary') return data;
  const values = data.processes.flatMap((process) => process.values);
  return { count: values.length, mean: mean(values), sd: standardDeviation(values) };
}

function inverse(data: RecordedData): RecordedData {
  if (data.state === 'summary') return { ...data, mean: 1 / data.mean, sd: data.sd / data.mean ** 2 };
  // What was sorted upwards now runs downwards; of its order nothing is known either way.
  const processes = data.processes.map(({ values, ...rest }) => ({
    ...rest,
    values: values.map((value) => 1 / value),
  }));
  return { ...data, processes };
}

function inverted(judged: SamplesJudgement): SamplesJudgement {
  const flip = ([low, high]: readonly [number, number]) => [1 / high, 1 / low] as const;
  const side = ({ value, interval }: SamplesJudgement['base']) => ({
    value: 1 / value,
    interval: flip(interval),
  });
  return {
    ...judged,
    ratio: 1 / judged.ratio,
    interval: flip(judged.interval),
    base: side(judged.base),
    head: side(judged.head),
  };
}

/** Counts that may be zero, and figures declared exact: what they are, and whether they differ beyond chance. */
function counted(
  a: readonly number[],
  b: readonly number[],
  exact: boolean,
  { alpha, policy, mayCall }: JudgeQuestion,
  better: RecordedMetric['better'],
): { base: number; head: number; p: number; alpha: number; verdict: Verdict; note: string } {
  const [base, head] = [median(a), median(b)];
  const p = exact ? (base === head ? 1 : 0) : rankSum(a, b).p;
  const same = isConstant(a) && isConstant(b) && base === head;
  const size = base === 0 ? (head === 0 ? 0 : Number.POSITIVE_INFINITY) : Math.abs(head / base - 1);
  const changed = p <= alpha && size > policy.effectFloor && mayCall && better !== 'unknown';
  const worse = better === 'higher' ? head < base : head > base;
  const verdict = changed ? (worse ? 'regressed' : 'improved') : same ? 'unchanged' : 'inconclusive';
  const within = exact && size <= policy.effectFloor ? 'unchanged' : verdict;
  const note = exact ? 'declared exact: any difference counts' : 'zero on some side: there is no ratio';
  return { base, head, p, alpha, verdict: within, note };
}
