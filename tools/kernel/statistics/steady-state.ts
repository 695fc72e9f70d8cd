import { changePoints } from './change-points.ts';
import { median, quantile } from './quantile.ts';

export interface SteadyState {
  /** Leading points that do not belong to the steady state. */
  readonly warmup: number;
  /** False where the level still changes late: there is no steady state within this length. */
  readonly steady: boolean;
}

/** Levels closer than this (relative) count as the same. */
const TOLERANCE = 0.02;

/**
 * Where warm-up ends, from several processes that did the same from their start. Noise of the machine hits
 * each at other moments, warm-up all of them at the same chunk: so the low quartile over processes, chunk by
 * chunk, is searched for changes of level (in the spirit of Barrett et al. 2017), and the warm-up ends with the
 * first segment at the level of the last half.
 *
 * @param runs ordered, positive chunk times of each process; the shortest decides how far one can see
 */
export function steadyState(runs: readonly (readonly number[])[]): SteadyState {
  const length = Math.min(...runs.map((run) => run.length));
  if (runs.length === 0 || length < 6) return { warmup: 0, steady: true };
  const half = Math.floor(length / 2);
  const levels = runs.map((run) => Math.log(median(run.slice(half, length))));
  const profile = Array.from({ length }, (_, i) =>
    quantile(
      runs.map((run, r) => Math.log(run[i] as number) - (levels[r] as number)),
      0.25,
    ),
  );
  const settled = median(profile.slice(half));
  const segments = changePoints(profile);
  const near = (mean: number) => Math.abs(mean - settled) <= TOLERANCE;
  const first = segments.find((segment) => near(segment.mean));
  if (first === undefined || first.start > half) return { warmup: half, steady: false };
  const late = segments.filter((segment) => segment.start >= half);
  const steady = late.every((segment) => Math.abs(segment.mean - settled) <= 3 * TOLERANCE);
  return { warmup: first.start, steady };
}
