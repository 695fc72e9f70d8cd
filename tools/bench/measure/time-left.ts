/** Below this a benchmark is not begun: it could not even be looked at. */
const LEAST_MS = 500;

/** Shares what is left of `--budget` among the benchmarks still to come; without one, each has its own. */
export function createTimeLeft(perBenchmarkMs: number, totalMs: number | undefined, clock: () => number) {
  const end = totalMs === undefined ? Number.POSITIVE_INFINITY : clock() + totalMs;
  return {
    /**
     * @param remaining benchmarks not yet measured, the next one included
     * @returns milliseconds for the next one, or undefined where there is no time for it
     */
    next(remaining: number): number | undefined {
      const share = Math.min(perBenchmarkMs, (end - clock()) / Math.max(1, remaining));
      return share >= LEAST_MS ? share : undefined;
    },
  };
}

export type TimeLeft = ReturnType<typeof createTimeLeft>;
