import { dirname, join } from 'node:path';
import { withBaseCheckout } from '../../compare/base/index.ts';
import type { Judgement } from '../../compare/types.ts';
import type { Side } from '../../harnesses/harness.ts';
import { turnstile } from '../../harnesses/turns.ts';
import type { Effects } from '../../kernel/effects.ts';
import { type AssayError, isAssayError } from '../../kernel/errors/assay-error.ts';
import { seededRandom, seedOf } from '../../kernel/statistics/index.ts';
import type { MeasureContext } from '../measure/context.ts';
import { measureProject } from '../measure/measure-project.ts';
import { createTimeLeft } from '../measure/time-left.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import type { PreparedRun } from '../prepare-run.ts';
import type { BenchRequest } from '../request.ts';
import type { BenchSettings } from '../settings/settings.ts';
import { lendBenchmarks, runSetup } from '../sides.ts';
import { policyBy, type Yardstick } from './yardstick.ts';

/** Two commits to be compared, by a few benchmarks, to tell a change that matters. */
export interface PairToMeasure {
  readonly base: string;
  readonly head: string;
  readonly subjects: readonly string[];
  /** What is looked at. */
  readonly kind: Yardstick['kind'];
  /** Relative change to tell from none. */
  readonly margin: number;
  /** Error probability of one benchmark in this comparison. */
  readonly alpha: number;
  /** Milliseconds that this comparison may take. */
  readonly leftMs: number;
}

/** What became of one benchmark: judged, equal, or not measurable on a side. */
export type PairOutcome =
  | { readonly state: 'judged'; readonly judgement: Judgement }
  | { readonly state: 'identical' }
  | { readonly state: 'broken'; readonly side: 'base' | 'head'; readonly reason: string }
  | { readonly state: 'unknown'; readonly reason: string };

/**
 * Compares two commits as a run compares head with its base: by the same code, interleaved, on worktrees of both. The
 * benchmark files are those of the user's tree on both sides. The tools come from there as well.
 *
 * @returns an outcome for each subject
 */
export async function measurePair(
  pair: PairToMeasure,
  request: BenchRequest,
  run: PreparedRun,
  effects: Effects,
): Promise<ReadonlyMap<string, PairOutcome>> {
  const all = (outcome: PairOutcome) => new Map(pair.subjects.map((subject) => [subject, outcome]));
  let side: 'base' | 'head' = 'base';
  const harnesses = run.toolchains.usable
    .map((harness) => ({ ...harness, files: harness.files.filter((file) => holds(file, pair.subjects)) }))
    .filter(({ files }) => files.length > 0);
  const settings = stepSettings(run.settings, pair);
  const narrowed: BenchRequest = { ...request, aa: false, force: false, updateBaseline: false };
  const places = {
    repoRoot: run.state.repository?.root ?? request.workspaceRoot,
    workspaceRoot: request.workspaceRoot,
    projectRoot: join(request.workspaceRoot, request.project.root),
    run: effects.run,
    signal: effects.signal,
  };
  const ready = async (tree: Side, user: Side): Promise<void> => {
    await lendBenchmarks(tree, user, run.toolchains.usable, settings);
    const languages = new Set(run.toolchains.usable.flatMap((harness) => harness.languages));
    for (const language of languages) await language.shareDependencies(tree, user, run.languageContext);
    await runSetup(tree, settings, effects);
  };
  try {
    return await withBaseCheckout({ ...places, commit: pair.base }, async (base, user, scratch) => {
      await ready(base, user);
      side = 'head';
      return withBaseCheckout({ ...places, commit: pair.head }, async (later, _, other) => {
        await ready(later, user);
        side = 'base';
        const head: Side = { ...later, name: 'head' };
        const random = seededRandom(seedOf(`${request.project.name} ${pair.base} ${pair.head}`));
        const context: MeasureContext = {
          request: narrowed,
          settings,
          effects,
          base,
          head,
          turnstile: await turnstile(effects.run, dirname(scratch.head), random),
          timeLeft: createTimeLeft(settings.budgetMs, pair.leftMs, effects.clock),
          pool: undefined,
          attempt: 1,
          filter: exactly(pair.subjects),
        };
        const sides = {
          base: { side: base, scratch: scratch.base, user },
          head: { side: head, scratch: other.base, user },
        };
        const { outcomes } = await measureProject(harnesses, sides, context, run.languageContext);
        return new Map(pair.subjects.map((subject) => [subject, outcomeOf(subject, outcomes)]));
      });
    });
  } catch (error) {
    if (!isAssayError(error)) throw error;
    return all(
      isOfCommit(error)
        ? { state: 'broken', side, reason: error.message }
        : { state: 'unknown', reason: error.message },
    );
  }
}

/** What a commit itself is the reason of: its setup, its dependencies, a project that it does not have yet. */
function isOfCommit({ code }: AssayError): boolean {
  return code.startsWith('base/') && code !== 'base/checkout-failed' && code !== 'base/project-outside';
}

/** Closer than the run: half of what is sought must be told from nothing, within a share of the error budget. */
function stepSettings(settings: BenchSettings, { kind, margin, alpha }: PairToMeasure): BenchSettings {
  const { budgets: _, ...config } = settings.config;
  return { ...settings, judge: policyBy(kind, settings.judge, margin, alpha), config, canary: false };
}

function outcomeOf(subject: string, outcomes: readonly BenchmarkOutcome[]): PairOutcome {
  const whole = outcomes.find(
    (outcome) => outcome.state === 'failed' && subject.startsWith(`${outcome.subject} › `),
  );
  const own = outcomes.find((outcome) => outcome.subject === subject) ?? whole;
  switch (own?.state) {
    case 'compared':
      return { state: 'judged', judgement: own.judgement };
    case 'identical':
      return { state: 'identical' };
    case 'failed':
      return { state: 'broken', side: own.side, reason: own.reason };
    case 'measured':
      return { state: 'broken', side: 'base', reason: own.newBecause ?? 'the benchmark does not run there' };
    case 'inconclusive':
      return { state: 'unknown', reason: own.reason };
    default:
      return { state: 'broken', side: 'head', reason: 'the benchmark is not there' };
  }
}

function holds(file: string, subjects: readonly string[]): boolean {
  return subjects.some((subject) => subject === file || subject.startsWith(`${file} › `));
}

function exactly(subjects: readonly string[]): RegExp {
  const names = subjects.map((subject) => subject.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`^(?:${names.join('|')})$`, 's');
}
