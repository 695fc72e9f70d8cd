import { gaussian, seededRandom } from '../../kernel/statistics/index.ts';
import type { Batch, BenchmarkSamples, Replicate } from '../types.ts';

export interface SyntheticBatch {
  readonly role: Batch['role'];
  readonly pairs: number;
  /** True head / base. */
  readonly ratio: number;
  /** Standard deviation of a process's logarithm. */
  readonly noise?: number;
  readonly attempt?: number;
  readonly seed?: number;
  readonly chunks?: number;
}

/** One batch of made-up replicates around 1000 ns per operation, a pair each second. */
export function syntheticBatch(request: SyntheticBatch): Batch {
  const { role, pairs, ratio, noise = 0.005, attempt = 1, seed = 1, chunks = 5 } = request;
  const random = seededRandom(seed);
  const replicates = Array.from({ length: pairs }, (_, pair) =>
    (['base', 'head'] as const).map((side, i): Replicate => {
      const level = 1000 * (side === 'head' ? ratio : 1) * Math.exp(noise * gaussian(random));
      return {
        side,
        pair,
        sequence: 2 * pair + i,
        startedAtMs: 1000 * pair + 500 * i,
        warmup: [],
        chunks: Array.from({ length: chunks }, (_, chunk) => level * (1 + (chunk % 5) / 1000)),
        extra: [],
      };
    }),
  ).flat();
  return { role, attempt, replicates };
}

/** Samples of one benchmark made of such batches. */
export function syntheticSamples(...batches: readonly SyntheticBatch[]): BenchmarkSamples {
  return {
    subject: 'synthetic › work',
    iterations: 1000,
    overheadNs: 0,
    resolutionNs: 40,
    batches: batches.map(syntheticBatch),
  };
}
