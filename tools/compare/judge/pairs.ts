import type { Batch, BenchmarkSamples, Replicate } from '../types.ts';
import { processStatistics, type StatisticName } from './process-statistics.ts';

type Both = Readonly<Record<StatisticName, number>>;

/** One pair of neighbouring processes, reduced to its statistics (nanoseconds per operation). */
export interface Pair {
  readonly role: 'main' | 'confirm';
  readonly attempt: number;
  readonly base: Both;
  readonly head: Both;
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
      else pairs.push({ role: batch.role, attempt: batch.attempt, base: baseOutcome, head: headOutcome });
      starts.push(Math.min(b.startedAtMs, h.startedAtMs));
    }
    if (starts.length > 1) {
      spanMs += Math.max(...starts) - Math.min(...starts);
      spans += starts.length - 1;
    }
  }
  return { pairs, discarded, msPerPair: spans === 0 ? 0 : spanMs / spans };
}
