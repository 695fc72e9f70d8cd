import { type Random, seededRandom } from '../../kernel/statistics/index.ts';
import { maxBenchmarkMs } from '../plan/cost.ts';
import { pairOrders } from '../plan/order.ts';
import type { Batch, Replicate } from '../types.ts';
import type { Calibration } from './calibrate.ts';
import type { SampleRequest, Session } from './session.ts';

export interface BatchRequest {
  readonly role: Batch['role'];
  readonly names: readonly string[];
  readonly calibrations: ReadonlyMap<string, Calibration>;
  readonly pairs: number;
  /** Number of the first pair: above 0 where a batch is lengthened. */
  readonly firstPair?: number;
  readonly chunks: number;
  readonly warmup: Readonly<Record<string, number>>;
  /** Processes of a pair take turns. */
  readonly turns: boolean;
  /** On the request's clock: no pair starts that is not expected to end by then. */
  readonly deadlineMs: number;
  /** Expected cost of the first pair; later ones are expected to take what the slowest so far took. */
  readonly pairMs: number;
  readonly seed: number;
  readonly sequence: { next: number };
  readonly onPair: (done: number, names: readonly string[]) => void;
}

export interface BatchResult {
  /** By name, for the benchmarks that got through; a dropped one has no entry. */
  readonly replicates: ReadonlyMap<string, readonly Replicate[]>;
  readonly pairs: number;
  /** The deadline or the signal came before the last pair. */
  readonly cut: boolean;
}

/** Runs pairs of processes in balanced order. Whoever fails is dropped, and its pair is run again without it. */
export async function runBatch(session: Session, request: BatchRequest): Promise<BatchResult> {
  const random: Random = seededRandom(request.seed);
  const orders = pairOrders(request.pairs, random);
  let names = request.names;
  const kept = new Map<string, Replicate[]>(names.map((name) => [name, []]));
  const clock = session.request.clock;
  let longest = request.pairMs;
  let done = 0;
  while (done < request.pairs && names.length > 0) {
    const started = clock();
    // Without a first pair there would be nothing to tell, nor for a later attempt to add to.
    const first = request.role === 'main' && done === 0 && (request.firstPair ?? 0) === 0;
    if (session.stopped || (!first && started + longest > request.deadlineMs)) break;
    const order = (orders[done] as readonly ('base' | 'head')[]).filter((side) =>
      session.sides.includes(side),
    );
    const found = new Map<string, Replicate[]>(names.map((name) => [name, []]));
    let complete = true;
    const asked: SampleRequest = {
      mode: 'sample',
      benchmarks: names,
      iterations: Object.fromEntries(
        names.map((name) => [name, request.calibrations.get(name)?.iterations ?? 1]),
      ),
      warmup: Object.fromEntries(names.map((name) => [name, request.warmup[name] ?? 0])),
      chunks: request.chunks,
      maxBenchmarkMs: maxBenchmarkMs(request.chunks),
      // The pilot feeds no verdict.
      ...(session.request.policy.memory && request.role !== 'pilot' ? { memory: true } : {}),
    };
    const chunkMs = Math.min(...names.map((name) => request.calibrations.get(name)?.chunkMs ?? 1));
    const both =
      request.turns && order.length === 2 ? await session.askInTurns(order[0]!, asked, chunkMs) : undefined;
    for (const side of order) {
      const answer = both?.[side] ?? (await session.ask(side, request.role, asked));
      const sequence = request.sequence.next++;
      for (const [name, outcome] of answer.outcomes) {
        if (outcome.state !== 'sampled') continue;
        const { warmup, chunks, extra, missing } = outcome;
        found.get(name)?.push({
          side,
          pair: (request.firstPair ?? 0) + done,
          sequence,
          startedAtMs: answer.startedAtMs,
          warmup,
          chunks,
          extra,
          ...(missing === undefined ? {} : { missing }),
        });
      }
      if (answer.dropped.length > 0) {
        names = names.filter((name) => !answer.dropped.includes(name));
        for (const name of answer.dropped) kept.delete(name);
      }
      if (answer.unfinished.length > 0) {
        complete = false;
        break;
      }
    }
    if (session.stopped) break;
    if (!complete) continue;
    for (const name of names) kept.get(name)?.push(...(found.get(name) ?? []));
    done++;
    longest = Math.max(clock() - started, done === 1 ? 0 : longest);
    request.onPair(done, names);
  }
  return { replicates: kept, pairs: done, cut: done < request.pairs && names.length > 0 };
}
