import { gaussian, seededRandom } from '../../kernel/statistics/index.ts';
import type { BenchmarkSamples, Replicate } from '../types.ts';

/** What a process of each side tells of one figure, given a source of chance. */
export interface SyntheticFigure {
  readonly name: string;
  readonly unit: string;
  readonly base: (random: () => number) => number;
  readonly head: (random: () => number) => number;
}

/** The same in every process. */
export const exactly = (value: number) => () => value;

/** `value`, and in every nth process by chance `other`: allocations that a cache or the runtime adds at times. */
export const mostly = (value: number, other: number, every: number) => (random: () => number) =>
  random() < 1 / every ? other : value;

/** Spread of a process's logarithm, as peaks of whole processes have it. */
export const about = (value: number, noise: number) => (random: () => number) =>
  Math.round(value * Math.exp(noise * gaussian(random)));

/**
 * Samples whose processes tell of memory; pure, and the same for the same seed.
 *
 * @param counts pairs of the main batch and of the confirming one
 * @param time true head / base of time
 */
export function memorySamples(
  figures: readonly SyntheticFigure[],
  counts: { readonly main: number; readonly confirm: number },
  { time = 1, seed = 1, attempt = 1 } = {},
): BenchmarkSamples {
  const random = seededRandom(seed);
  const batches = (['main', 'confirm'] as const).map((role) => ({
    ...{ role, attempt },
    replicates: Array.from({ length: counts[role] }, (_, pair) =>
      (['base', 'head'] as const).map((side, i): Replicate => {
        const level = 1000 * (side === 'head' ? time : 1) * Math.exp(0.005 * gaussian(random));
        const extra = figures.map(
          ({ name, unit, ...told }) => ({ name, unit, value: told[side](random), better: 'lower' }) as const,
        );
        return {
          ...{ side, pair, sequence: 2 * pair + i, startedAtMs: 1000 * pair + 500 * i, warmup: [] },
          ...{ chunks: [level, level * 1.001, level * 1.002], extra },
        };
      }),
    ).flat(),
  }));
  return {
    ...{ subject: 'synthetic › work', iterations: 1000, overheadNs: 0, resolutionNs: 40 },
    batches: batches.filter(({ replicates }) => replicates.length > 0),
  };
}
