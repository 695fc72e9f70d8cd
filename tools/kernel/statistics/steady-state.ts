import { changePoints, stepNoise } from './change-points.ts';
import { median } from './quantile.ts';

export interface SteadyState {
  /** Leading points that do not belong to the steady state. */
  readonly warmup: number;
  /** False where the level still changes late: there is no steady state within this length. */
  readonly steady: boolean;
}

/** Levels closer than this (relative) count as the same. */
const TOLERANCE = 0.02;
/** A start this much faster than the rest is still no warm-up: the machine may have been faster then. */
const FASTER = 0.06;

/**
 * Where warm-up ends, from several processes that did the same from their start. Noise of the machine hits
 * each at other moments, warm-up all of them at the same chunk: so the fastest over processes, chunk by chunk and
 * relative to each process's own floor, is searched for changes of level (in the spirit of Barrett et al. 2017),
 * and the warm-up ends with the first segment at the level of the last half.
 *
 * @param runs ordered, positive chunk times of each process; the shortest decides how far one can see
 */
export function steadyState(runs: readonly (readonly number[])[]): SteadyState {
  const length = Math.min(...runs.map((run) => run.length));
  if (runs.length === 0 || length < 6) return { warmup: 0, steady: true };
  const half = Math.floor(length / 2);
  const levels = runs.map((run) => Math.log(Math.min(...run.slice(half, length))));
  const profile = Array.from({ length }, (_, i) =>
    Math.min(...runs.map((run, r) => Math.log(run[i] as number) - (levels[r] as number))),
  );
  const settled = median(profile.slice(half));
  // Where even the fastest of all processes jitters, levels cannot be told apart more finely than that.
  const jitter = stepNoise(profile.slice(half));
  const first = changePoints(profile).find(
    ({ mean }) => mean - settled <= TOLERANCE + jitter / 2 && settled - mean <= FASTER + jitter,
  );
  if (first === undefined || first.start > half) return { warmup: half, steady: false };
  const late = Math.floor((half + length) / 2);
  const drift = median(profile.slice(late)) - median(profile.slice(half, late));
  return { warmup: first.start, steady: Math.abs(drift) <= FASTER + jitter };
}
