import { median } from '../../kernel/statistics/index.ts';
import type { Batch, BenchmarkSamples, Replicate } from '../types.ts';
import { processStatistics, STATISTICS, type StatisticName } from './process-statistics.ts';

type Both = Readonly<Record<StatisticName, number>>;

/** One pair of neighbouring processes, reduced to its statistics (nanoseconds per operation). */
export interface Pair {
  readonly role: 'main' | 'confirm';
  readonly attempt: number;
  readonly base: Both;
  readonly head: Both;
  /**
   * Of processes that took turns: median of log(head / base) over neighbouring chunks. What slows the machine for
   * longer than a turn is in both chunks, so that this spreads a third as far from pair to pair as the floor does
   * where speed toggles (2.6 against 8.7 %), though more where the machine is quiet.
   */
  readonly logRatio?: number;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  /** Why processes could not be used, with how often. */
  readonly discarded: ReadonlyMap<string, number>;
  /** Milliseconds from the start of one pair to that of the next, as seen. */
  readonly msPerPair: number;
}

function byPair(batch: Batch): Map<number, Partial<Record<'base' | 'head', Replicate[]>>> {
  const grouped = new Map<number, Partial<Record<'base' | 'head', Replicate[]>>>();
  for (const replicate of batch.replicates) {
    const entry = grouped.get(replicate.pair) ?? {};
    entry[replicate.side] = [...(entry[replicate.side] ?? []), replicate];
    grouped.set(replicate.pair, entry);
  }
  return grouped;
}

/** Undefined where the processes did not run the same chunks side by side. */
function neighbours(base: Replicate, head: Replicate, overheadNs: number): number | undefined {
  if (base.chunks.length !== head.chunks.length || base.warmup.length !== head.warmup.length)
    return undefined;
  return medianLogRatio(base.chunks, head.chunks, overheadNs);
}

/** Median over chunks of log(head / base), both less the overhead of the loop. */
export function medianLogRatio(
  base: readonly number[],
  head: readonly number[],
  overheadNs: number,
): number | undefined {
  const ratios = base.map((value, i) =>
    Math.log(((head[i] ?? Number.NaN) - overheadNs) / (value - overheadNs)),
  );
  return ratios.length > 0 && ratios.every(Number.isFinite) ? median(ratios) : undefined;
}

/** What can be judged of these pairs: the median only where all of them have one. */
export function statisticsOf(pairs: readonly Pair[]): readonly StatisticName[] {
  return pairs.every(({ logRatio }) => logRatio !== undefined) ? ['floor', 'median', 'mean'] : STATISTICS;
}

/** Pairs up the processes of the deciding batches. The pilot is left out: it chose the plan. */
export function pairUp(samples: BenchmarkSamples): Pairs {
  const pairs: Pair[] = [];
  const discarded = new Map<string, number>();
  const discard = (reason: string) => discarded.set(reason, (discarded.get(reason) ?? 0) + 1);
  const overheadNs = Number.isFinite(samples.overheadNs) ? Math.max(0, samples.overheadNs) : 0;
  let spanMs = 0;
  let spans = 0;
  for (const batch of samples.batches) {
    if (batch.role === 'pilot') continue;
    const starts: number[] = [];
    for (const { base, head } of byPair(batch).values()) {
      if (base?.length !== 1 || head?.length !== 1) {
        discard(base === undefined || head === undefined ? 'a side is missing' : 'a side is there twice');
        continue;
      }
      const [b, h] = [base[0] as Replicate, head[0] as Replicate];
      const chunks = Math.min(b.chunks.length, h.chunks.length);
      const baseOutcome = processStatistics(b, chunks, overheadNs);
      const headOutcome = processStatistics(h, chunks, overheadNs);
      if (baseOutcome.state === 'unusable') discard(`base: ${baseOutcome.reason}`);
      else if (headOutcome.state === 'unusable') discard(`head: ${headOutcome.reason}`);
      else {
        const logRatio = batch.turns === true ? neighbours(b, h, overheadNs) : undefined;
        pairs.push({
          ...{ role: batch.role, attempt: batch.attempt, base: baseOutcome, head: headOutcome },
          ...(logRatio === undefined ? {} : { logRatio }),
        });
      }
      starts.push(Math.min(b.startedAtMs, h.startedAtMs));
    }
    if (starts.length > 1) {
      spanMs += Math.max(...starts) - Math.min(...starts);
      spans += starts.length - 1;
    }
  }
  return { pairs, discarded, msPerPair: spans === 0 ? 0 : spanMs / spans };
}
