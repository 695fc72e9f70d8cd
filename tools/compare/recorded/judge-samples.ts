import {
  hodgesLehmann,
  mean,
  median,
  normalQuantile,
  robustSd,
  variance,
} from '../../kernel/statistics/index.ts';
import { LAYOUT_ALLOWANCE, POWER } from '../policy.ts';
import type { JudgePolicy, Verdict } from '../types.ts';
import { processLevels, type Replicates, replicatesOf, type SideSamples } from './replicates.ts';
import { type Shift, shiftBetween, smallestShiftP } from './shift.ts';
import { welch } from './welch.ts';

/** What kind of comparison two recordings make, and so how much it can bear. */
export interface ComparisonKind {
  readonly design: 'interleaved' | 'sequential' | 'other-machine';
  readonly machine: 'same' | 'unknown' | 'different';
  readonly unit: 'process' | 'sample' | 'summary';
  readonly order: 'kept' | 'sorted' | 'summary';
  /** Base and head. */
  readonly processes: readonly [number, number];
  readonly samples: readonly [number, number];
}

/** One figure of one benchmark in two recordings, judged. Ratios are head / base. */
export interface SamplesJudgement {
  readonly verdict: Verdict;
  readonly ratio: number;
  readonly interval: readonly [number, number];
  readonly confidence: number;
  readonly p: number;
  readonly alpha: number;
  readonly detectable?: number;
  readonly margin: number;
  readonly test: string;
  readonly base: { readonly value: number; readonly interval: readonly [number, number] };
  readonly head: { readonly value: number; readonly interval: readonly [number, number] };
  readonly unit: 'process' | 'sample';
  readonly notes: readonly string[];
  /** Too few values for any verdict, and how many there would have to be on each side. */
  readonly tooFew?: number;
}

/** What may be known beside the samples. */
export interface JudgeQuestion {
  readonly policy: JudgePolicy;
  /** Error probability of this figure; the benchmark's, split over its figures. */
  readonly alpha: number;
  /** A change of machine may not be told from a change of the code. */
  readonly mayCall: boolean;
  /** A time, and no exact count: it differs by what processes, layout and machine do. */
  readonly timed: boolean;
  /** What control benchmarks did between the two recordings, as a logarithm, and how sure that is. */
  readonly machine?: { readonly shift: number; readonly width: number };
}

/**
 * What two processes of one program may differ by, added to the interval where one process (or a few) had to do. Part
 * of it, where the order is lost and drift cannot be seen. It is an allowance and no bound: the Report says so.
 */
const ALLOWANCE = {
  process: LAYOUT_ALLOWANCE,
  sample: Math.log1p(0.0125),
  sorted: Math.log1p(0.015),
} as const;
/** Processes a side from which a test on their medians can reach a verdict by itself: the forks that JMH takes. */
export const FEWEST_PROCESSES = 5;
/** A coarse clock leaves equal values; no figure of processes is taken for more precise than this, as a logarithm. */
const LEAST_SD = 0.005;

/** Judges one figure of one benchmark from the samples of two recordings; pure. Values are positive. */
export function judgeSamples(
  base: SideSamples,
  head: SideSamples,
  question: JudgeQuestion,
): SamplesJudgement {
  const few = Math.min(base.processes.length, head.processes.length) < FEWEST_PROCESSES;
  const [a, b] = [replicatesOf(base, few), replicatesOf(head, few)];
  const { policy, alpha } = question;
  const control = question.machine ?? { shift: 0, width: 0 };
  const found = shiftOf(a, { ...b, logs: b.logs.map((log) => log - control.shift) }, question);
  const allowance = question.timed ? allowanceOf(a, b, base, head) : 0;
  const drift = Math.max(a.drift, b.drift);
  const extra = Math.max(allowance, drift) + control.width;
  const { estimate } = found;
  const low = found.interval[0] - extra;
  const high = found.interval[1] + extra;
  const floor = Math.log1p(policy.effectFloor);
  const beyond = estimate > 0 ? low > 0 : high < 0;
  const changed =
    question.mayCall && found.attained && found.p <= alpha && beyond && Math.abs(estimate) > floor;
  const bound = Math.log1p(policy.margin);
  const within = found.attained && low > -bound && high < bound;
  const verdict = changed ? (estimate > 0 ? 'regressed' : 'improved') : within ? 'unchanged' : 'inconclusive';
  const detectable =
    found.smallest <= alpha && found.attained ? detectableOf(found, extra, alpha, floor) : undefined;
  return {
    verdict,
    ratio: Math.exp(estimate),
    interval: ratioInterval(low, high),
    confidence: found.confidence,
    p: found.p,
    alpha,
    ...(detectable === undefined ? {} : { detectable }),
    margin: policy.margin,
    test: found.test,
    base: sideValue(a.logs, policy.confidence),
    head: sideValue(b.logs, policy.confidence),
    unit: a.unit === 'process' && b.unit === 'process' ? 'process' : 'sample',
    notes: notesOf(a, b, allowance, drift),
    ...(found.smallest > alpha && verdict !== 'unchanged' ? { tooFew: sizeFor(alpha) } : {}),
  };
}

interface Found extends Shift {
  readonly test: string;
}

/**
 * The exact test, or, for three processes and more that are too few for it, Welch's on their medians: they are
 * independent, and a median of a process is about normal. Samples of one process never are taken so.
 */
function shiftOf(a: Replicates, b: Replicates, { policy, alpha }: JudgeQuestion): Found {
  const exact = shiftBetween(a.logs, b.logs, policy.confidence);
  const processes = a.unit === 'process' && b.unit === 'process';
  if (!processes || exact.smallest <= alpha) {
    return { ...exact, test: 'exact rank-sum test, robust against outliers' };
  }
  const moments = (logs: readonly number[]) => ({
    mean: mean(logs),
    variance: variance(logs),
    n: logs.length,
  });
  const { estimate, interval, p } = welch(moments(a.logs), moments(b.logs), policy.confidence, LEAST_SD ** 2);
  const test = "Welch's t-test over medians of processes";
  return { estimate, interval, p, test, confidence: policy.confidence, attained: true, smallest: 0 };
}

function allowanceOf(a: Replicates, b: Replicates, base: SideSamples, head: SideSamples): number {
  const sorted = a.order === 'sorted' || b.order === 'sorted';
  if (a.unit === 'process' && b.unit === 'process') return ALLOWANCE.process;
  const spread = Math.max(spreadOfFew(base), spreadOfFew(head));
  return Math.max(sorted ? ALLOWANCE.sorted : ALLOWANCE.sample, spread);
}

/** So many times the range of their medians is allowed for, by the number of processes: the fewer, the less it tells. */
const RANGE_FACTORS: readonly number[] = [0, 0, 4, 2.5, 2];
/** Standard error of a median, in units of that of a mean: √(π/2). */
const MEDIAN_ERROR = 1.2533;

/** What a few processes show of how far processes differ, beyond what the noise within each explains. */
function spreadOfFew({ processes }: SideSamples): number {
  const factor = RANGE_FACTORS[processes.length] ?? 0;
  if (factor === 0) return 0;
  const levels = processLevels(processes);
  const residuals = processes.flatMap((values, index) =>
    values.map((value) => Math.log(value / (levels[index] as number))),
  );
  const size = median(processes.map(({ length }) => length));
  // Residuals are of levels that were fitted to them, which takes a degree of freedom from each process.
  const noise = robustSd(residuals) * Math.sqrt(size / Math.max(1, size - 1));
  const logs = levels.map(Math.log);
  const explained = (2 * MEDIAN_ERROR * noise) / Math.sqrt(size);
  return factor * Math.max(0, Math.max(...logs) - Math.min(...logs) - explained);
}

function sideValue(logs: readonly number[], confidence: number) {
  const { estimate, interval } = hodgesLehmann(logs, confidence, 0.5);
  const [low, high] = interval.interval;
  return { value: Math.exp(estimate), interval: ratioInterval(low, high) } as const;
}

/** An interval of logarithms as one of ratios; what no number can hold ends at the largest and the smallest that can. */
export function ratioInterval(low: number, high: number): readonly [number, number] {
  const ratio = (log: number): number => Math.exp(Math.min(709, Math.max(-709, log)));
  return [ratio(low), ratio(high)];
}

/** Change that is found 95 times in 100: by the test, by the interval, and beyond the effect floor. */
function detectableOf(found: Found, extra: number, alpha: number, floor: number): number {
  const [low, high] = found.interval;
  const z = normalQuantile((1 + found.confidence) / 2);
  const error = (high - low) / 2 / z;
  const hit = normalQuantile(POWER);
  const needed = Math.max(
    (normalQuantile(1 - alpha / 2) + hit) * error,
    (high - low) / 2 + extra + hit * error,
    floor + hit * error,
  );
  return Math.expm1(needed);
}

/** So many values on each side can reach a verdict. */
function sizeFor(alpha: number): number {
  let n = 2;
  while (smallestShiftP(n, n) > alpha && n < 100) n += 1;
  return n;
}

function notesOf(a: Replicates, b: Replicates, allowance: number, drift: number): readonly string[] {
  const percent = (log: number): string => `${(Math.expm1(log) * 100).toFixed(1)} %`;
  const notes: string[] = [];
  if (allowance > 0)
    notes.push(`interval widened by ${percent(allowance)} for what processes and layout may differ by`);
  const blocks = Math.max(a.block, b.block);
  if (blocks > 1) notes.push(`neighbouring samples taken together, up to ${blocks} at a time`);
  if (drift > 0) {
    const side = a.drift >= b.drift ? 'base' : 'head';
    notes.push(`the samples of ${side} drift or come in phases: interval widened by their ${percent(drift)}`);
  }
  return notes;
}
