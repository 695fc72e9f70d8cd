/** Below this a benchmark is not begun: it could not even be looked at. */
const LEAST_MS = 500;

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
  return {
    /**
     * @param wanted benchmarks to begin now
     * @param remaining benchmarks not yet measured, those included
     */
    next(wanted: number, remaining: number): TimeShare {
      const left = end - clock();
      const fair = left / Math.max(1, remaining);
      const least = Math.min(LEAST_MS, perBenchmarkMs);
      if (fair >= least) return { eachMs: Math.min(perBenchmarkMs, fair), fit: wanted };
      return { eachMs: least, fit: Math.min(wanted, Math.max(0, Math.floor(left / least))) };
    },
  };
}

export type TimeLeft = ReturnType<typeof createTimeLeft>;
