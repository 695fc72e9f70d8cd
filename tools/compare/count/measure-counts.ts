import type { Counter } from '../../harnesses/counter.ts';
import type { CountResult, Prepared } from '../../harnesses/harness.ts';
import { planCounts } from './plan.ts';
import { COUNT_TRAITS, type CountLanguage } from './traits.ts';
import type { CountSamples, CountSlope } from './types.ts';

type SideName = 'base' | 'head';
type Count = NonNullable<Prepared['count']>;

/** Without more rounds than these there is no spread to see. */
const FEWEST_ROUNDS = 2;

/** The machine may be busy: what is begun is ended all the same, up to this many times the budget. */
const PATIENCE = 3;
const LEAST_TIMEOUT_MS = 20_000;

/** Part of an operation that the benchmark's own timer may leave out and a count cannot. */
const MOST_UNTIMED = 0.1;

export interface CountBenchmark {
  readonly count: Readonly<Record<SideName, Count>>;
  readonly file: string;
  readonly benchmark: string;
  readonly language: CountLanguage;
  readonly counter: Counter;
  /** Nanoseconds of one operation at full speed, on the slower side. */
  readonly nsPerOp: number;
  readonly bytesPerOp?: number | undefined;
  /** No further round begins that would not end within this time; two are always made. */
  readonly budgetMs: number;
  /** No process may take longer, and no round begins later, not even the second; three budgets where absent. */
  readonly limitMs?: number;
  /** Processes that may run at once: others do not disturb a count. */
  readonly parallel: 1 | 2;
  readonly clock: () => number;
  readonly signal?: AbortSignal | undefined;
  readonly onRound?: ((done: number, total: number, remainingMs: number) => void) | undefined;
}

/**
 * Counts a benchmark on both sides: rounds of one slope a side, in alternating order. Never throws for what the code
 * under test does.
 */
export async function measureCounts(request: CountBenchmark): Promise<CountSamples> {
  const { clock, language, counter, budgetMs } = request;
  const traits = COUNT_TRAITS[language];
  const plan = planCounts(request.nsPerOp, traits, request.bytesPerOp);
  if (plan.state === 'impossible') return { state: 'not-counted', kind: 'unsuitable', reason: plan.reason };
  const started = clock();
  const limitMs = request.limitMs ?? PATIENCE * budgetMs;
  const timeoutMs = Math.max(LEAST_TIMEOUT_MS, limitMs);
  const slopes: CountSlope[] = [];
  const untimed: Record<SideName, number[]> = { base: [], head: [] };
  let longest = 0;
  for (let round = 0; round < traits.slopes; round++) {
    if (request.signal?.aborted) break;
    const from = clock();
    const late = from - started + longest > budgetMs;
    if (late && round >= FEWEST_ROUNDS) break;
    if (from - started > limitMs) break;
    request.onRound?.(round, traits.slopes, longest * (traits.slopes - round));
    const order: readonly SideName[] = round % 2 === 0 ? ['base', 'head'] : ['head', 'base'];
    const points: Record<SideName, CountResult[]> = { base: [], head: [] };
    for (const operations of [plan.fewer, plan.more]) {
      const one = async (side: SideName) => {
        const { file, benchmark } = request;
        const ask = { file, benchmark, warmup: plan.warmup, operations, counter, timeoutMs };
        points[side].push(await request.count[side](ask));
      };
      if (request.parallel === 2) await settled(order.map(one));
      else for (const side of order) await one(side);
    }
    for (const side of order) {
      const slope = slopeOf(side, round, points[side]);
      if ('reason' in slope) return { state: 'not-counted', kind: slope.kind, reason: slope.reason };
      slopes.push(slope);
      untimed[side].push(untimedShare(points[side]));
    }
    // A disturbance adds to what is untimed, now and then; set-up and hooks are there in each round.
    const share = Math.max(Math.min(...untimed.base), Math.min(...untimed.head));
    if (share > MOST_UNTIMED && round + 1 >= FEWEST_ROUNDS) {
      const reason = `its own timer leaves ${Math.round(100 * share)} % of each operation out (set-up, hooks), which a count cannot`;
      return { state: 'not-counted', kind: 'unsuitable', reason };
    }
    longest = Math.max(longest, clock() - from);
  }
  const tool = `${counter.name} ${counter.version}`;
  return { state: 'counted', tool, language, warmup: plan.warmup, slopes };
}

/** Waits for all, also where one is rejected: no process outlives its round. */
async function settled(running: readonly Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(running);
  const rejected = ends.find((end) => end.status === 'rejected');
  if (rejected) throw rejected.reason;
}

interface NoSlope {
  readonly kind: 'unsuitable' | 'failed';
  readonly reason: string;
}

function slopeOf(side: SideName, round: number, points: readonly CountResult[]): CountSlope | NoSlope {
  const [first, second] = points;
  if (first?.state !== 'counted' || second?.state !== 'counted') {
    const failed = [first, second].find((point) => point?.state === 'failed');
    const where = side === 'base' ? ' on the base' : '';
    return { kind: 'failed', reason: `${failed?.reason ?? 'it was not counted'}${where}` };
  }
  if (second.operations <= first.operations) {
    return { kind: 'unsuitable', reason: 'one of its steps holds more operations than can be counted' };
  }
  return {
    side,
    round,
    instructions: [first.instructions, second.instructions],
    operations: [first.operations, second.operations],
  };
}

/** Of the time between the two points of a slope. */
function untimedShare([first, second]: readonly CountResult[]): number {
  if (first?.state !== 'counted' || second?.state !== 'counted') return 0;
  const untimed = second.untimedNs - first.untimedNs;
  const whole = second.timedNs - first.timedNs + untimed;
  return whole > 0 ? untimed / whole : 0;
}
