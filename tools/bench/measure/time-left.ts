/** Below this a benchmark is not begun: it could not even be looked at. */
const LEAST_MS = 500;

/** Share of a benchmark's time from which on a second look is worth its processes. */
const WORTHWHILE = 0.4;

/** Time for the next benchmarks. */
export interface TimeShare {
  /** Milliseconds for each of them. */
  readonly eachMs: number;
  /** How many of them may begin. */
  readonly fit: number;
}

/**
 * Shares what is left of `--budget` among the benchmarks still to come; without one, each has its own. Where a fair
 * share would be too little for any, the first ones get enough and the last ones nothing.
 */
export function createTimeLeft(perBenchmarkMs: number, totalMs: number | undefined, clock: () => number) {
  const end = totalMs === undefined ? Number.POSITIVE_INFINITY : clock() + totalMs;
  let begun: number | undefined;
  return {
    /**
     * @param wanted benchmarks to begin now
     * @param remaining benchmarks not yet measured, those included
     */
    next(wanted: number, remaining: number): TimeShare {
      begun ??= clock();
      const left = end - clock();
      const fair = left / Math.max(1, remaining);
      const least = Math.min(LEAST_MS, perBenchmarkMs);
      if (fair >= least) return { eachMs: Math.min(perBenchmarkMs, fair), fit: wanted };
      return { eachMs: least, fit: Math.min(wanted, Math.max(0, Math.floor(left / least))) };
    },
    /** Milliseconds left of the whole run; without a bound of its own, infinity. */
    left(): number {
      return end - clock();
    },
    /**
     * What benchmarks that needed less have left of their time, for some that need more.
     *
     * @param planned benchmarks of the run
     * @param undecided those that share it
     * @returns milliseconds for each of the undecided; undefined where it would change nothing
     */
    saved(planned: number, undecided: number): number | undefined {
      const until = Math.min(end, (begun ?? clock()) + planned * perBenchmarkMs);
      const each = Math.min(perBenchmarkMs, (until - clock()) / Math.max(1, undecided));
      return each >= WORTHWHILE * perBenchmarkMs ? each : undefined;
    },
  };
}

export type TimeLeft = ReturnType<typeof createTimeLeft>;
