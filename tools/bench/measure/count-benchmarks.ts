import { availableParallelism } from 'node:os';
import { measureCounts } from '../../compare/count/measure-counts.ts';
import { isCountLanguage } from '../../compare/count/traits.ts';
import type { CountSamples } from '../../compare/count/types.ts';
import { judge } from '../../compare/index.ts';
import { type FoundCounter, findCounter } from '../../harnesses/counter.ts';
import type { Prepared } from '../../harnesses/harness.ts';
import { MEMORY_FIGURES } from '../../harnesses/memory-figures.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { policyFor } from '../settings/margins.ts';
import type { MeasureContext } from './context.ts';
import { whyNotCpuBound } from './cpu-bound.ts';

/** Time for counting one benchmark, both sides together, beside what its wall time took. */
const COUNT_BUDGET_MS = 30_000;

/** With less than this left of the run's own budget, counting is not begun. */
const LEAST_MS = 10_000;

/** Where the processes of a benchmark come from. */
export interface CountPlace {
  readonly file: string;
  /** Name within the file. */
  readonly name: string;
  readonly language: string;
  readonly head: Prepared;
  readonly base: Prepared | undefined;
}

type Compared = Extract<BenchmarkOutcome, { state: 'compared' }>;
type NotCounted = Extract<CountSamples, { state: 'not-counted' }>;

/**
 * Asks the second witness where policy wants it, one benchmark after the other: by `auto` about what wall time left
 * inconclusive, by `instructions` about all. The outcomes asked about are replaced in place.
 *
 * @param placeOf by subject; undefined where its processes are gone
 */
export async function countBenchmarks(
  outcomes: BenchmarkOutcome[],
  placeOf: (subject: string) => CountPlace | undefined,
  context: MeasureContext,
): Promise<void> {
  let found: Promise<FoundCounter> | undefined;
  const counter = () => {
    found ??= findCounter(context.effects.run, context.head.projectRoot, context.effects.signal);
    return found;
  };
  const open = [...outcomes.entries()].filter(
    (entry): entry is [number, Compared] => entry[1].state === 'compared' && wantsCounts(entry[1], context),
  );
  for (const [done, [at, outcome]] of open.entries()) {
    if (context.effects.signal.aborted) return;
    const place = placeOf(outcome.subject);
    const left = open.length - done;
    const counts = await countOne(outcome, place, left, counter, context);
    outcomes[at] = withSamples(outcome, counts, context);
  }
}

function wantsCounts({ subject, samples, judgement }: Compared, { settings }: MeasureContext): boolean {
  const { witness = 'auto' } = policyFor(subject, settings);
  if (witness === 'wall' || samples.counts?.state === 'counted') return false;
  return witness === 'instructions' || judgement.verdict === 'inconclusive';
}

async function countOne(
  outcome: Compared,
  place: CountPlace | undefined,
  left: number,
  counter: () => Promise<FoundCounter>,
  context: MeasureContext,
): Promise<CountSamples> {
  const { settings, effects, request, timeLeft } = context;
  const unsuitable = (reason: string): NotCounted => ({ state: 'not-counted', kind: 'unsuitable', reason });
  const { head, base } = place ?? {};
  if (place === undefined || !head?.count || !base?.count || !isCountLanguage(place.language)) {
    return unsuitable('nothing can count the instructions of this kind of benchmark');
  }
  const { witness = 'auto' } = policyFor(outcome.subject, settings);
  const why = witness === 'auto' ? whyNotCpuBound(outcome.samples) : undefined;
  if (why !== undefined) return unsuitable(why);
  const found = await counter();
  if (found.state === 'missing') return { state: 'not-counted', kind: 'missing', reason: found.reason };
  const budgetMs = Math.min(COUNT_BUDGET_MS, timeLeft.left() / left);
  if (budgetMs < LEAST_MS) return unsuitable('no time was left of the budget of the run');
  const progress = (remainingMs: number): void =>
    effects.progress({
      text: `${request.project.name}: ${outcome.title}`,
      detail: 'counting instructions',
      remainingMs: remainingMs + (left - 1) * COUNT_BUDGET_MS,
    });
  progress(budgetMs);
  return measureCounts({
    count: { head: head.count.bind(head), base: base.count.bind(base) },
    file: place.file,
    benchmark: place.name,
    language: place.language,
    counter: found.counter,
    nsPerOp: paceOf(outcome),
    bytesPerOp: bytesOf(outcome),
    budgetMs,
    parallel: availableParallelism() > 1 ? 2 : 1,
    clock: effects.clock,
    signal: effects.signal,
    onRound: (_done, _total, remainingMs) => progress(remainingMs),
  });
}

/** Of the slower side. */
function paceOf({ judgement }: Compared): number {
  const [main] = judgement.statistics;
  return main === undefined ? Number.NaN : Math.max(main.base.value, main.head.value);
}

function bytesOf({ extras }: Compared): number | undefined {
  const { name, unit } = MEMORY_FIGURES.bytes;
  const figure = extras.find((extra) => extra.name === name && extra.unit === unit);
  return figure && Math.max(figure.head, figure.base ?? 0);
}

/** Judged anew; what was noted of how it was measured stays. */
function withSamples(outcome: Compared, counts: CountSamples, { settings }: MeasureContext): Compared {
  const policy = policyFor(outcome.subject, settings);
  const before = new Set(judge(outcome.samples, policy).notes);
  const more = outcome.judgement.notes.filter((note) => !before.has(note));
  const samples = { ...outcome.samples, counts };
  const judgement = judge(samples, policy);
  return { ...outcome, samples, judgement: { ...judgement, notes: [...judgement.notes, ...more] } };
}
