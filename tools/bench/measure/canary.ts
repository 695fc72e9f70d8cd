import { judge, measureGroup } from '../../compare/index.ts';
import type { BenchmarkSamples, Judgement } from '../../compare/types.ts';
import type { DriveOutcome, DriveRequest, Prepared } from '../../harnesses/harness.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { policyFor } from '../settings/margins.ts';
import { type MeasureContext, subjectId } from './context.ts';
import { inTurns } from './in-turns.ts';
import type { FileToMeasure } from './measure-file.ts';

/**
 * A comparison whose answer is known: head against head, one side given more work to do than it tells. Where that is
 * not found, nothing that the run calls unchanged can be believed: a harness that runs the same build twice, a clock
 * that stands still, a machine too noisy for what was promised.
 */
export type Canary =
  | {
      readonly state: 'found' | 'missed';
      readonly harness: string;
      readonly subject: string;
      /** True head / base. */
      readonly truth: number;
      readonly judgement: Judgement;
    }
  | { readonly state: 'not-measured'; readonly harness: string; readonly reason: string };

type Compared = Extract<BenchmarkOutcome, { state: 'compared' }>;

/** A share of the iterations is put on top; of this many at least, so that the truth is a round figure. */
const ROUND = 20;

/** The benchmark of these that suits: decided, and of many iterations a chunk; the most precise one. */
export function canaryOf(compared: readonly Compared[]): Compared | undefined {
  const width = ({ judgement }: Compared) => {
    const [low, high] = judgement.statistics[0]?.interval ?? [0, Number.POSITIVE_INFINITY];
    return Math.log(high / low);
  };
  const rank = (one: Compared) =>
    (one.judgement.verdict === 'inconclusive' ? 2 : 0) + (one.samples.iterations < ROUND ? 1 : 0);
  return [...compared].sort((a, b) => rank(a) - rank(b) || width(a) - width(b))[0];
}

/** Measures one benchmark of a file against itself, slowed down by twice its margin. */
export async function measureCanary(
  target: FileToMeasure,
  name: string,
  context: MeasureContext,
): Promise<Canary> {
  const { file, head } = target;
  const harness = target.harness.harness.id;
  const subject = subjectId(file, name);
  // Found by time, or not at all: what memory says of it proves nothing of the clock.
  const { memory: _, ...policy } = policyFor(subject, context.settings);
  const { eachMs, fit } = context.timeLeft.next(1, 1);
  if (fit === 0)
    return { state: 'not-measured', harness, reason: 'no time was left of the budget of the run' };
  const truth = { ratio: 1 };
  const drives = {
    base: (ask: DriveRequest) => head.drive(ask),
    head: slowedDown((ask) => head.drive(ask), 2 * policy.margin, truth),
  };
  const mine = head.files.find((entry) => entry.file === file);
  const { measured, failures } = await measureGroup({
    drive: drives,
    ...inTurns(context, { base: mine, head: mine }, drives),
    file,
    benchmarks: [name],
    isolation: target.harness.harness.isolation,
    policy,
    budgetMs: eachMs,
    processTimeoutMs: target.harness.options.processTimeoutMs,
    clock: context.effects.clock,
    subjectOf: () => subject,
    signal: context.effects.signal,
    onProgress: ({ phase, remainingMs }) => target.onProgress('canary', phase, 0, remainingMs),
  });
  const samples: BenchmarkSamples | undefined = measured[0]?.samples;
  if (samples === undefined) {
    const reason = failures[0]?.reason ?? 'it was not measured to its end';
    return { state: 'not-measured', harness, reason };
  }
  const judgement = judge(samples, policy);
  const state = judgement.verdict === 'regressed' ? 'found' : 'missed';
  return { state, harness, subject, truth: truth.ratio, judgement };
}

/** The same processes with more iterations in each chunk than they are said to have. Data alone differs, never code. */
export function slowedDown(
  drive: Prepared['drive'],
  by: number,
  truth: { ratio: number },
): Prepared['drive'] {
  return async (request) => {
    if (request.mode !== 'sample') return drive(request);
    const more: Record<string, number> = {};
    for (const [name, iterations] of Object.entries(request.iterations)) {
      more[name] = iterations + Math.max(1, Math.round(by * iterations));
      truth.ratio = (more[name] ?? 1) / iterations;
    }
    const result = await drive({ ...request, iterations: more });
    const outcomes = result.outcomes.map((outcome): DriveOutcome => {
      if (outcome.state !== 'sampled') return outcome;
      const told = request.iterations[outcome.name] ?? 1;
      const factor = outcome.iterations / told;
      const scaled = (values: readonly number[]) => values.map((value) => value * factor);
      return { ...outcome, iterations: told, warmup: scaled(outcome.warmup), chunks: scaled(outcome.chunks) };
    });
    return { ...result, outcomes };
  };
}
