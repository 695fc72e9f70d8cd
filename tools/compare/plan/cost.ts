/** What is known of one benchmark's pace before anything is sampled. Milliseconds. */
export interface Pace {
  readonly name: string;
  /** One chunk, the slower side counts. */
  readonly chunkMs: number;
}

/** What one unit (the benchmarks that share a process) costs. */
export interface UnitPace {
  readonly benchmarks: readonly Pace[];
  /** A process that measures nothing. */
  readonly startupMs: number;
}

/** Chunks are this long where one operation is shorter: far above the clock's step, below a speed phase. */
export const TARGET_CHUNK_NS = 1_000_000;

/** A benchmark stops taking chunks after this long in one process, whatever was planned. */
export function maxBenchmarkMs(chunks: number): number {
  return Math.max(300, (4 * chunks * TARGET_CHUNK_NS) / 1e6);
}

/** The same unit where everything takes `factor` times as long: what a pilot saw of a loaded machine. */
export function slowed(pace: UnitPace, factor: number): UnitPace {
  return {
    startupMs: pace.startupMs * factor,
    benchmarks: pace.benchmarks.map(({ name, chunkMs }) => ({ name, chunkMs: chunkMs * factor })),
  };
}

/** Expected milliseconds of one process of this unit. `warmup` counts chunks, per benchmark. */
export function processMs(
  pace: UnitPace,
  chunks: number,
  warmup: Readonly<Record<string, number>> = {},
): number {
  let ms = pace.startupMs;
  for (const { name, chunkMs } of pace.benchmarks) {
    ms += Math.max(chunkMs, Math.min(chunks * chunkMs, maxBenchmarkMs(chunks)));
    ms += (warmup[name] ?? 0) * chunkMs;
  }
  return ms;
}
