import type { BenchmarkSamples } from '../../compare/types.ts';

/** Above this, threads beside the measured one do a part of the work. */
const MOST_PARALLELISM = 1.15;

/** Above this share of its time, a process waits for files, the network or locks: its instructions tell too little. */
const MOST_WAITING = 0.15;

/** Where only CPU time is known: on a busy machine a process that never waits has no more than this of wall time. */
const LEAST_PARALLELISM = 0.6;

/** Why instructions do not stand for the time of a benchmark; undefined where they do. Pure. */
export function whyNotCpuBound({
  parallelism,
  waiting,
}: Pick<BenchmarkSamples, 'parallelism' | 'waiting'>): string | undefined {
  if (parallelism === undefined) return 'it is not known whether it computes or waits';
  const share = parallelism.toFixed(2);
  if (parallelism > MOST_PARALLELISM) {
    return `further threads of its process work too (CPU time is ${share} of wall time)`;
  }
  if (waiting !== undefined) {
    const waits = `it waits for ${Math.round(waiting * 100)} % of its time`;
    return waiting > MOST_WAITING ? waits : undefined;
  }
  if (parallelism >= LEAST_PARALLELISM) return undefined;
  return `it waits for a part of its time (CPU time is ${share} of wall time)`;
}
