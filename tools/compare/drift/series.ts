import { median } from '../../kernel/statistics/index.ts';
import type { DriftPoint } from './types.ts';

/** A point that can be used. */
export interface Observation {
  /** Index into the points that were handed over. */
  readonly index: number;
  /** Logarithm of the value, less that of the controls where there are any. */
  readonly log: number;
  /** Number of its class of machine. */
  readonly stratum: number;
}

export interface Series {
  readonly observations: readonly Observation[];
  readonly strata: number;
  readonly notes: readonly string[];
}

/** More would take quadratic time and tell of times that nobody can change any more. */
const MOST_POINTS = 400;

/**
 * Brings points onto one scale: logarithms, divided by the control benchmarks where all points of a class of machine
 * have the same ones, and numbered by class. What cannot be used is left out and said. Pure.
 */
export function seriesOf(points: readonly DriftPoint[]): Series {
  const notes: string[] = [];
  const newest = points.map((point, index) => ({ point, index })).slice(-MOST_POINTS);
  if (newest.length < points.length) {
    notes.push(`Only the newest ${MOST_POINTS} of ${points.length} points were looked at.`);
  }
  const usable = newest.filter(({ point }) => isUsable(point));
  if (usable.length < newest.length) {
    const lost = newest.length - usable.length;
    notes.push(
      `${lost} of ${newest.length} points are no positive numbers within their interval and were left out.`,
    );
  }
  const machines = [...new Set(usable.map(({ point }) => point.machine))];
  const observations: Observation[] = [];
  let uneven = false;
  for (const [stratum, machine] of machines.entries()) {
    const mine = usable.filter(({ point }) => point.machine === machine);
    const controls = commonControls(mine.map(({ point }) => point));
    uneven ||=
      controls.length === 0 && mine.some(({ point }) => Object.keys(point.controls ?? {}).length > 0);
    for (const { point, index } of mine) {
      const pace = controls.map((name) => Math.log(point.controls?.[name] ?? 1));
      const log = Math.log(point.value) - (pace.length === 0 ? 0 : median(pace));
      observations.push({ index, log, stratum });
    }
  }
  observations.sort((a, b) => a.index - b.index);
  if (uneven) notes.push('Some points have no control benchmarks, so none were divided by them.');
  if (machines.length > 1) {
    notes.push(
      `${machines.length} classes of machine: each is only compared with itself, so a change that came with a new machine is not seen here.`,
    );
  }
  return { observations, strata: machines.length, notes };
}

function isUsable({ value, interval: [low, high] }: DriftPoint): boolean {
  const finite = [value, low, high].every((one) => Number.isFinite(one) && one > 0);
  return finite && low <= value * 1.000001 && value <= high * 1.000001;
}

/** Controls that every point has with a positive figure. */
function commonControls(points: readonly DriftPoint[]): readonly string[] {
  const first = Object.keys(points[0]?.controls ?? {});
  return first.filter((name) =>
    points.every(({ controls }) => {
      const value = controls?.[name];
      return value !== undefined && Number.isFinite(value) && value > 0;
    }),
  );
}
