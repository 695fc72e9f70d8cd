import type { BenchmarkSamples, Replicate } from '../types.ts';

/** One figure of a pair of neighbouring processes. */
export interface ExtraPair {
  readonly role: 'main' | 'confirm';
  readonly attempt: number;
  readonly base: number;
  readonly head: number;
}

/**
 * Pairs of one figure that processes told beside time. A pair counts where both processes told it once, as a finite
 * number that is not negative; the pilot is left out, as it is for time.
 */
export function extraPairs(samples: BenchmarkSamples, name: string): readonly ExtraPair[] {
  return samples.batches.flatMap(({ role, attempt, replicates }) => {
    if (role === 'pilot') return [];
    const pairs = new Map<number, { base: Replicate[]; head: Replicate[] }>();
    for (const replicate of replicates) {
      const pair = pairs.get(replicate.pair) ?? { base: [], head: [] };
      pair[replicate.side].push(replicate);
      pairs.set(replicate.pair, pair);
    }
    return [...pairs.values()].flatMap((pair): ExtraPair[] => {
      const [base, head] = [told(pair.base, name), told(pair.head, name)];
      return base === undefined || head === undefined ? [] : [{ role, attempt, base, head }];
    });
  });
}

function told(replicates: readonly Replicate[], name: string): number | undefined {
  const [replicate] = replicates;
  const found = replicates.length === 1 ? replicate?.extra.filter((figure) => figure.name === name) : [];
  const value = found?.length === 1 ? found[0]?.value : undefined;
  return value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}
