import {
  estimateSide,
  type GroupResult,
  judge,
  type MeasureFailure,
  measureGroup,
} from '../../compare/index.ts';
import type { BenchmarkSamples } from '../../compare/types.ts';
import type { Prepared, PreparedFile } from '../../harnesses/harness.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { policyFor, tightestPolicy } from '../settings/margins.ts';
import { contamination } from '../sides.ts';
import type { UsableHarness } from '../toolchains.ts';
import { type FileOutcome, type MeasureContext, originOf, subjectId } from './context.ts';
import { extraFigures } from './extras.ts';
import type { FileListing } from './list-file.ts';

/** A file on both sides; without `base`, head alone is measured. */
export interface FileToMeasure {
  readonly harness: UsableHarness;
  readonly file: string;
  readonly listing: FileListing;
  readonly head: Prepared;
  readonly base?: { readonly prepared: Prepared; readonly file: PreparedFile };
  readonly onProgress: (text: string, done: number, remainingMs: number) => void;
  /** Benchmarks of the whole run that are still to come, this file's included. */
  readonly remaining: number;
}

/** Benchmarks of a file that the run asks for: not duplicated, matching the filter. */
export function wantedNames(
  listing: FileListing,
  file: string,
  filter: RegExp | undefined,
): readonly string[] {
  const twice = new Set(listing.duplicates);
  return listing.names.filter((name) => !twice.has(name) && (filter?.test(subjectId(file, name)) ?? true));
}

/** Measures and judges the benchmarks of one file that no earlier attempt has decided. */
export async function measureFile(target: FileToMeasure, context: MeasureContext): Promise<FileOutcome> {
  const { file, listing } = target;
  const wanted = wantedNames(listing, file, context.filter);
  const skipped = wanted.filter((name) => listing.skipped.has(name));
  const outcomes: BenchmarkOutcome[] = skipped.map((name) => ({
    ...origin(name),
    state: 'skipped',
    reason: listing.skipped.get(name) ?? '',
  }));
  const decided = decidedBefore(context);
  const open = wanted.filter((name) => !listing.skipped.has(name) && !decided.has(subjectId(file, name)));
  for (const name of wanted) {
    const samples = decided.get(subjectId(file, name));
    if (samples) outcomes.push(comparedOutcome(name, samples));
  }
  outcomes.push(...(await measureOpen(open)));
  return { outcomes, duplicates: listing.duplicates.map((name) => subjectId(file, name)) };

  function origin(name: string) {
    return originOf(context.request, file, name, listing.lines.get(name));
  }

  function comparedOutcome(name: string, samples: BenchmarkSamples): BenchmarkOutcome {
    const judgement = judge(samples, policyFor(samples.subject, context.settings));
    return { ...origin(name), state: 'compared', samples, judgement, extras: extraFigures(samples) };
  }

  async function measureOpen(names: readonly string[]): Promise<BenchmarkOutcome[]> {
    if (names.length === 0) return [];
    const base = target.base;
    if (base === undefined) return alone(names, undefined);
    if (base.file.state === 'failed') return alone(names, base.file.reason);
    if (!context.request.force && !context.request.aa && sameBuild(target))
      return names.map((name) => ({ ...origin(name), state: 'identical' }));
    const result = await group(names, base.prepared);
    if (result === undefined) return names.map(outOfTime);
    const foreign =
      context.base &&
      (contamination(result.loaded.base, context.base, context.head) ??
        contamination(result.loaded.head, context.head, context.base));
    if (foreign) {
      return names.map((name) => ({
        ...origin(name),
        state: 'failed',
        side: 'base',
        reason: foreign.message,
      }));
    }
    const done: BenchmarkOutcome[] = result.measured.map(({ name, samples, notes }) => {
      const pooled = withPool(samples, context);
      const outcome = comparedOutcome(name, pooled);
      if (outcome.state !== 'compared') return outcome;
      return {
        ...outcome,
        judgement: { ...outcome.judgement, notes: [...outcome.judgement.notes, ...notes] },
      };
    });
    const fresh = newOnHead(names, result);
    const measuredAlone = fresh.size > 0 ? await alone([...fresh.keys()], (name) => fresh.get(name)) : [];
    return complete(names, [...done, ...measuredAlone], result);
  }

  async function alone(
    names: readonly string[],
    why: string | undefined | ((name: string) => string | undefined),
  ): Promise<BenchmarkOutcome[]> {
    const result = await group(names, undefined);
    if (result === undefined) return names.map(outOfTime);
    const done = result.measured.map(({ name, samples }): BenchmarkOutcome => {
      const newBecause = typeof why === 'function' ? why(name) : why;
      return {
        ...origin(name),
        state: 'measured',
        samples,
        figures: estimateSide(samples, 'head', context.settings.judge.confidence),
        extras: extraFigures(samples),
        ...(newBecause === undefined ? {} : { newBecause }),
      };
    });
    return complete(names, done, result);
  }

  async function group(
    names: readonly string[],
    base: Prepared | undefined,
  ): Promise<GroupResult | undefined> {
    const share = context.timeLeft.next(target.remaining);
    if (share === undefined) return undefined;
    // The budget is for both sides together; one side alone gets its half.
    const budgetMs = base === undefined ? share / 2 : share;
    return measureGroup({
      drive: { head: (ask) => target.head.drive(ask), ...(base ? { base: (ask) => base.drive(ask) } : {}) },
      file,
      benchmarks: names,
      isolation: target.harness.harness.isolation,
      policy: tightestPolicy(
        names.map((name) => subjectId(file, name)),
        context.settings,
      ),
      budgetMs,
      processTimeoutMs: target.harness.options.processTimeoutMs,
      attempt: context.attempt,
      clock: context.effects.clock,
      subjectOf: (name) => subjectId(file, name),
      signal: context.effects.signal,
      onProgress: ({ phase, benchmarks, unitsDone, remainingMs }) =>
        target.onProgress(
          `${benchmarks.length > 1 ? `${file}, ${benchmarks.length} benchmarks` : (benchmarks[0] ?? file)} (${phase})`,
          unitsDone,
          remainingMs,
        ),
    });
  }

  function outOfTime(name: string): BenchmarkOutcome {
    return { ...origin(name), state: 'inconclusive', reason: 'no time was left of the budget of the run' };
  }

  /** Every benchmark asked for gets an outcome: what neither measured nor failed was cut off. */
  function complete(
    names: readonly string[],
    done: BenchmarkOutcome[],
    result: GroupResult,
  ): BenchmarkOutcome[] {
    const known = new Set(done.map((outcome) => outcome.subject));
    const rest = names.filter((name) => !known.has(subjectId(file, name)));
    return [
      ...done,
      ...rest.map((name): BenchmarkOutcome => {
        const failure = failureOf(result, name);
        if (failure === undefined) {
          const reason = result.stopped ? 'the run was stopped' : 'no process of it ended within the time';
          return { ...origin(name), state: 'inconclusive', reason };
        }
        return { ...origin(name), state: 'failed', side: failure.side, reason: reasonOf(failure) };
      }),
    ];
  }
}

/** Benchmarks that the base does not have, or on which they throw: they have no verdict. */
function newOnHead(names: readonly string[], result: GroupResult): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const wholeFile = result.failures.find(
    ({ name, side, phase }) => name === '' && side === 'base' && phase === 'list',
  );
  for (const name of result.onlyHead) {
    found.set(name, wholeFile ? reasonOf(wholeFile) : 'the base has no benchmark of this name');
  }
  for (const failure of result.failures) {
    const gone = failure.side === 'base' && failure.kind === 'failed' && names.includes(failure.name);
    if (gone && !result.failures.some(({ name, side }) => name === failure.name && side === 'head')) {
      found.set(failure.name, `it fails on the base: ${failure.reason}`);
    }
  }
  return found;
}

function failureOf(result: GroupResult, name: string): MeasureFailure | undefined {
  return (
    result.failures.find((failure) => failure.name === name && failure.side === 'head') ??
    result.failures.find((failure) => failure.name === name) ??
    result.failures.find((failure) => failure.name === '' && failure.side === 'head')
  );
}

function reasonOf(failure: MeasureFailure): string {
  const end = failure.output.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  return failure.kind === 'failed' || end === '' ? failure.reason : `${failure.reason}; it printed: ${end}`;
}

function sameBuild({ head, base, file }: FileToMeasure): boolean {
  const mine = head.files.find((entry) => entry.file === file);
  const theirs = base?.file;
  return (
    mine?.state === 'ready' &&
    theirs?.state === 'ready' &&
    mine.digest !== undefined &&
    mine.digest === theirs.digest
  );
}

/** Benchmarks that earlier attempts at this very pair have decided: measuring them again would tell nothing new. */
function decidedBefore(context: MeasureContext): ReadonlyMap<string, BenchmarkSamples> {
  const decided = new Map<string, BenchmarkSamples>();
  for (const samples of context.pool?.samples ?? []) {
    const { verdict } = judge(samples, policyFor(samples.subject, context.settings));
    if (verdict === 'unchanged' || verdict === 'improved') decided.set(samples.subject, samples);
  }
  return decided;
}

function withPool(samples: BenchmarkSamples, context: MeasureContext): BenchmarkSamples {
  const earlier = context.pool?.samples.find(({ subject }) => subject === samples.subject);
  return earlier === undefined ? samples : { ...samples, batches: [...earlier.batches, ...samples.batches] };
}
