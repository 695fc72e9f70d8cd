import type { Session } from './session.ts';

export interface Listing {
  /** To measure, in the order of head's file. */
  readonly names: readonly string[];
  readonly lines: ReadonlyMap<string, number>;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  readonly onlyHead: readonly string[];
  readonly onlyBase: readonly string[];
  /** What a process costs that measures nothing. */
  readonly startupMs: number;
}

/** Asks both sides what the file holds. */
export async function listBenchmarks(session: Session): Promise<Listing> {
  const lines = new Map<string, number>();
  const reasons = new Map<string, string>();
  const found: Record<'base' | 'head', string[]> = { base: [], head: [] };
  let startupMs = Number.POSITIVE_INFINITY;
  for (const side of session.sides) {
    const answer = await session.ask(side, 'list', {
      mode: 'list',
      benchmarks: [],
      iterations: {},
      warmup: {},
      chunks: 0,
      maxBenchmarkMs: 0,
    });
    // The faster of both: the first process of all may have waited for the disk.
    startupMs = Math.min(startupMs, answer.wallMs);
    for (const outcome of answer.outcomes.values()) {
      if (outcome.state !== 'listed') continue;
      found[side].push(outcome.name);
      if (side === 'head' && outcome.line !== undefined) lines.set(outcome.name, outcome.line);
      if (outcome.skipped !== undefined) reasons.set(outcome.name, outcome.skipped);
    }
  }
  const wanted = session.request.benchmarks;
  const asked = (name: string) => wanted === undefined || wanted.includes(name);
  const alone = session.sides.length === 1;
  const head = found.head.filter(asked);
  const inBase = new Set(found.base);
  const inHead = new Set(found.head);
  const both = alone ? head : head.filter((name) => inBase.has(name));
  return {
    names: both.filter((name) => !reasons.has(name)),
    lines,
    skipped: both
      .filter((name) => reasons.has(name))
      .map((name) => ({ name, reason: reasons.get(name) ?? '' })),
    onlyHead: alone ? [] : head.filter((name) => !inBase.has(name)),
    onlyBase: found.base.filter((name) => asked(name) && !inHead.has(name)),
    startupMs,
  };
}
