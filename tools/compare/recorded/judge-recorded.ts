import type { Verdict } from '../types.ts';

/** A value with its interval, as recorded some other time; nanoseconds per operation. */
export interface RecordedValue {
  readonly value: number;
  readonly interval: readonly [number, number];
}

export interface RecordedJudgement {
  /** now / then, divided by the controls' where there are any. */
  readonly ratio: number;
  readonly interval: readonly [number, number];
  readonly design: 'sequential' | 'other-machine';
  /** What "unchanged" excludes here: wider than where both sides are measured together. */
  readonly margin: number;
  readonly verdict: Verdict;
  readonly note: string;
}

/**
 * How far a machine's pace may drift between two sessions without any change of the code. On shared machines whole
 * minutes run 1.3 times slower than others; control benchmarks measured in both sessions take that out but for the
 * part in which two pieces of code differ in what slows them.
 */
const DRIFT = { alone: 0.3, controlled: 0.1, otherMachine: 0.25 } as const;

/** Fewer than these say too little of how differently two classes of machine treat different code. */
const CONTROLS_ACROSS_MACHINES = 3;

/**
 * Compares a value with one recorded in another session. Two sessions differ in more than the code, so without
 * controls this never calls a change: it says `unchanged` within a wide margin, or `inconclusive`. With controls it
 * may call one that exceeds what they leave unexplained; across classes of machine that takes three of them, and without
 * any that tells nothing. The bounds rest on how far machines were seen to drift, so no error rate is stated.
 *
 * Intervals of independent values are combined on the scale of logarithms (half-widths in quadrature), then widened
 * by the drift and by how far the controls disagree.
 *
 * @param controls pairs of the same control benchmark, now and then
 */
export function judgeRecorded(
  now: RecordedValue,
  before: RecordedValue,
  controls: readonly { readonly now: RecordedValue; readonly before: RecordedValue }[],
  sameMachine: boolean,
  effectFloor: number,
): RecordedJudgement {
  const design = sameMachine ? 'sequential' : 'other-machine';
  const controlled = controls.length > 0;
  const drift = sameMachine ? (controlled ? DRIFT.controlled : DRIFT.alone) : DRIFT.otherMachine;
  const logs = controls.map((pair) => Math.log(pair.now.value / pair.before.value)).sort((a, b) => a - b);
  const machine =
    logs.length === 0 ? 0 : ((logs[(logs.length - 1) >> 1] ?? 0) + (logs[logs.length >> 1] ?? 0)) / 2;
  const centre = Math.log(now.value / before.value) - machine;
  const widths = [now, before, ...controls.flatMap((pair) => [pair.now, pair.before])].map(halfWidth);
  const disagreement = Math.max(0, ...logs.map((log) => Math.abs(log - machine)));
  const width = Math.hypot(...widths) + disagreement + Math.log1p(drift);
  const ratio = Math.exp(centre);
  const interval = [Math.exp(centre - width), Math.exp(centre + width)] as const;
  const margin = Math.max(2 * drift, effectFloor);
  const common = { ratio, interval, design, margin } as const;
  if (![ratio, ...interval].every((value) => Number.isFinite(value) && value > 0)) {
    return { ...common, verdict: 'inconclusive', note: 'a recorded figure is not a positive number' };
  }
  if (!sameMachine && !controlled) {
    return {
      ...common,
      verdict: 'inconclusive',
      note: 'recorded on another class of machine, and no control benchmark links the two',
    };
  }
  const how = controlled
    ? `relative to ${controls.length} control benchmark${controls.length === 1 ? '' : 's'}`
    : 'measured at another time';
  const within = interval[0] > 1 / (1 + margin) && interval[1] < 1 + margin;
  if (within) {
    return {
      ...common,
      verdict: 'unchanged',
      note: `${how}: tells changes beyond ${Math.round(margin * 100)} % only`,
    };
  }
  const mayCall = sameMachine ? controlled : controls.length >= CONTROLS_ACROSS_MACHINES;
  if (mayCall && interval[0] > 1 + effectFloor) return { ...common, verdict: 'regressed', note: how };
  if (mayCall && interval[1] < 1 / (1 + effectFloor)) return { ...common, verdict: 'improved', note: how };
  return {
    ...common,
    verdict: 'inconclusive',
    note: `${how}: the code or the machine may have changed; --base=<ref> tells which`,
  };
}

/** Half the width of an interval on the scale of logarithms. */
function halfWidth({ interval: [low, high] }: RecordedValue): number {
  return Math.log(high / low) / 2;
}
