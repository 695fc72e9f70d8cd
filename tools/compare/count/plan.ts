import type { CountTraits } from './traits.ts';

/** Operations of the processes that are counted: equal on both sides. */
export interface CountPlan {
  readonly warmup: number;
  /** Operations at the two points of a slope. */
  readonly fewer: number;
  readonly more: number;
}

export type CountPlanned =
  | ({ readonly state: 'planned' } & CountPlan)
  | { readonly state: 'impossible'; readonly reason: string };

/** An operation that takes longer than this would keep the counter busy for minutes. */
const LONGEST_NS = 200e6;

/** Garbage that one process may pile up, bytes. */
const MOST_GARBAGE = 768 * 2 ** 20;

/** The first point of a slope lies this share of its length behind the warm-up, where loops have been entered anew. */
const FIRST_POINT = 0.1;

/**
 * Chooses operations by the pace at full speed. Pure.
 *
 * @param nsPerOp nanoseconds of one operation on the slower side
 * @param bytesPerOp what an operation allocates, where known
 */
export function planCounts(nsPerOp: number, traits: CountTraits, bytesPerOp = 0): CountPlanned {
  if (!(nsPerOp > 0 && Number.isFinite(nsPerOp))) {
    return { state: 'impossible', reason: 'its pace is not known' };
  }
  if (nsPerOp > LONGEST_NS) {
    const seconds = (nsPerOp / 1e9).toPrecision(2);
    return { state: 'impossible', reason: `one operation takes ${seconds} s, too long for a counter` };
  }
  const operations = (ns: number) => Math.max(1, Math.round(ns / nsPerOp));
  const wanted = {
    warmup: Math.max(operations(traits.warmupNs), callsToWarm(nsPerOp, traits)),
    fewer: operations(FIRST_POINT * traits.slopeNs),
    length: operations(traits.slopeNs),
  };
  const total = wanted.warmup + wanted.fewer + wanted.length;
  const room = traits.keepsGarbage && bytesPerOp > 0 ? MOST_GARBAGE / bytesPerOp : Number.POSITIVE_INFINITY;
  if (room < 3) {
    const gib = (bytesPerOp / 2 ** 30).toPrecision(2);
    return {
      state: 'impossible',
      reason: `one operation allocates ${gib} GiB, which counting could not give back`,
    };
  }
  const scale = Math.min(1, room / total);
  const scaled = (count: number) => Math.max(1, Math.floor(count * scale));
  const fewer = scaled(wanted.fewer);
  return { state: 'planned', warmup: scaled(wanted.warmup), fewer, more: fewer + scaled(wanted.length) };
}

function callsToWarm(nsPerOp: number, { warmupCalls }: CountTraits): number {
  if (warmupCalls === undefined) return 0;
  return Math.min(warmupCalls.calls, Math.floor(warmupCalls.mostNs / nsPerOp));
}
