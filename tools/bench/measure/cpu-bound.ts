import type { BenchmarkSamples } from '../../compare/types.ts';

/** Above this, threads beside the measured one do a part of the work. */
const MOST = 1.15;

/**
 * Below this, a process waits for a good part of its time: for files, the network, a lock. On a busy machine it also
 * waits for its turn on a core, so that the bound is a low one.
 */
const LEAST = 0.6;

/** Why instructions do not stand for the time of a benchmark, from the CPU time of its process; undefined where they do. Pure. */
export function whyNotCpuBound({ parallelism }: Pick<BenchmarkSamples, 'parallelism'>): string | undefined {
  if (parallelism === undefined) return 'it is not known whether it computes or waits';
  const share = parallelism.toFixed(2);
  if (parallelism > MOST)
    return `further threads of its process work too (CPU time is ${share} of wall time)`;
  if (parallelism < LEAST) return `it waits for a part of its time (CPU time is ${share} of wall time)`;
  return undefined;
}
