import { median } from '../../kernel/statistics/index.ts';
import type { Calibration } from './calibrate.ts';
import type { Session } from './session.ts';

/** A benchmark runs about this long in a settling process: long enough for a compiler to notice it. */
const SETTLE_MS = 150;
const MOST_CHUNKS = 150;
const MOST_ROUNDS = 3;
/** Slower ones were calibrated on operations that long; there is nothing to warm. */
const SLOW_NS = 20e6;
/** Chunks off by less than this factor are good enough. */
const CLOSE = 2;

interface Seen {
  readonly fastest: number[];
  readonly typical: number[];
  readonly parallelism: number[];
  readonly waiting: number[];
}

/**
 * Sets the iterations right: calibration sees the first calls only, which an interpreter runs many times slower than
 * the compiled code that follows, and chunks of a tenth of the planned length would measure the clock and the
 * scheduler. Each round runs one process a side and ends when chunks last about as long as planned.
 *
 * @returns calibrations of the same benchmarks, less those that failed
 */
export async function settle(
  session: Session,
  calibrations: ReadonlyMap<string, Calibration>,
): Promise<ReadonlyMap<string, Calibration>> {
  const settled = new Map(calibrations);
  let open = [...settled].filter(([, { paceNs }]) => paceNs < SLOW_NS).map(([name]) => name);
  for (let round = 0; round < MOST_ROUNDS && open.length > 0 && !session.stopped; round++) {
    const seen = new Map<string, Seen>();
    for (const side of session.sides) {
      const answer = await session.ask(side, 'calibrate', {
        mode: 'sample',
        benchmarks: open,
        iterations: Object.fromEntries(open.map((name) => [name, settled.get(name)?.iterations ?? 1])),
        warmup: {},
        chunks: MOST_CHUNKS,
        maxBenchmarkMs: SETTLE_MS,
      });
      for (const name of answer.dropped) settled.delete(name);
      open = open.filter((name) => settled.has(name));
      for (const name of open) {
        const outcome = answer.outcomes.get(name);
        if (outcome?.state !== 'sampled') continue;
        const late = outcome.chunks
          .slice(Math.floor(outcome.chunks.length / 2))
          .filter((ns) => ns > 0 && Number.isFinite(ns));
        if (late.length === 0) continue;
        const entry = seen.get(name) ?? { fastest: [], typical: [], parallelism: [], waiting: [] };
        entry.fastest.push(Math.min(...late));
        entry.typical.push(median(late));
        if (outcome.parallelism !== undefined) entry.parallelism.push(outcome.parallelism);
        if (outcome.waiting !== undefined) entry.waiting.push(outcome.waiting);
        seen.set(name, entry);
      }
    }
    const again: string[] = [];
    for (const name of open) {
      const entry = seen.get(name);
      const before = settled.get(name);
      if (before === undefined || entry?.fastest.length !== session.sides.length) continue;
      const paceNs = Math.exp(
        entry.fastest.reduce((sum, ns) => sum + Math.log(ns), 0) / entry.fastest.length,
      );
      const iterations = Math.max(1, Math.round(before.targetNs / paceNs));
      const factor = iterations / before.iterations;
      if (factor > CLOSE || factor < 1 / CLOSE) again.push(name);
      const chunkMs = (iterations * Math.max(...entry.typical)) / 1e6;
      const known = entry.parallelism.length === session.sides.length;
      settled.set(name, {
        ...before,
        ...{ iterations, paceNs, chunkMs },
        ...(known ? { parallelism: Math.max(...entry.parallelism) } : {}),
        ...(entry.waiting.length === session.sides.length ? { waiting: Math.max(...entry.waiting) } : {}),
      });
    }
    open = again;
  }
  return settled;
}
