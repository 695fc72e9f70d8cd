import { estimateSide, type GroupResult, judge, measureGroup } from '../../compare/index.ts';
import type { BenchmarkSamples } from '../../compare/types.ts';
import type { DriveRequest, DriveResult, Prepared, PreparedFile } from '../../harnesses/harness.ts';
import type { AssayError } from '../../kernel/errors/assay-error.ts';
import { benchErrors } from '../errors.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { duration, percent } from '../report/words.ts';
import { hasAbsoluteLimit, policyFor, tightestPolicy } from '../settings/margins.ts';
import { contamination, type PreparedSide } from '../sides.ts';
import type { UsableHarness } from '../toolchains.ts';
import { type FileOutcome, type MeasureContext, originOf, subjectId } from './context.ts';
import { decidedBefore, earlierSamples, withPool } from './earlier.ts';
import { extraFigures, missingFigures } from './extras.ts';
import { failureOf, listFailure, reasonOf, type WithoutBase, withoutBase } from './failures.ts';
import { inTurns } from './in-turns.ts';
import type { FileListing } from './list-file.ts';

/** A file on both sides; without `base`, head alone is measured. */
export interface FileToMeasure {
  readonly harness: UsableHarness;
  readonly file: string;
  readonly listing: FileListing;
  readonly head: Prepared;
  readonly base?: { readonly prepared: PreparedSide; readonly file: PreparedFile };
  readonly onProgress: (text: string, detail: string, done: number, remainingMs: number) => void;
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
  return matching(listing.names, file, filter).filter((name) => !twice.has(name));
}

function matching(names: readonly string[], file: string, filter: RegExp | undefined): readonly string[] {
  return names.filter((name) => filter?.test(subjectId(file, name)) ?? true);
}

/** Measures and judges the benchmarks of one file that no earlier attempt has decided. */
export async function measureFile(target: FileToMeasure, context: MeasureContext): Promise<FileOutcome> {
  const { file, listing } = target;
  const wanted = wantedNames(listing, file, context.filter).filter(
    (name) => context.only?.has(subjectId(file, name)) ?? true,
  );
  const skipped = wanted.filter((name) => listing.skipped.has(name));
  let unbuilt: string | undefined;
  let remaining = target.remaining;
  const outcomes: BenchmarkOutcome[] = skipped.map((name) => ({
    ...origin(name),
    state: 'skipped',
    reason: listing.skipped.get(name) ?? '',
  }));
  for (const name of matching([...listing.failed.keys()], file, context.filter)) {
    outcomes.push({ ...origin(name), state: 'failed', side: 'head', reason: listing.failed.get(name) ?? '' });
  }
  for (const name of new Set(matching(listing.duplicates, file, context.filter))) {
    const error = benchErrors.create('bench/duplicate-name', { name: subjectId(file, name) });
    outcomes.push(failedBy(name, 'head', error));
  }
  const decided = decidedBefore(context);
  const open = wanted.filter((name) => !listing.skipped.has(name) && !decided.has(subjectId(file, name)));
  for (const name of wanted) {
    const samples = decided.get(subjectId(file, name));
    if (samples) outcomes.push(comparedOutcome(name, samples));
  }
  outcomes.push(...(await measureOpen(open)));
  return { outcomes, ...(unbuilt === undefined ? {} : { unbuilt }) };

  function origin(name: string) {
    return originOf(context.request, file, name, listing.lines.get(name));
  }

  function failedBy(name: string, side: 'base' | 'head', error: AssayError): BenchmarkOutcome {
    return { ...origin(name), state: 'failed', side, reason: error.message, error };
  }

  function comparedOutcome(name: string, samples: BenchmarkSamples): BenchmarkOutcome {
    const judgement = judge(samples, policyFor(samples.subject, context.settings));
    const nothing = judgement.statistics.length === 0 ? measuresNothing(name, samples) : undefined;
    if (nothing) return failedBy(name, 'head', nothing);
    return { ...origin(name), state: 'compared', samples, judgement, ...figuresBeside(samples) };
  }

  async function measureOpen(names: readonly string[]): Promise<BenchmarkOutcome[]> {
    if (names.length === 0) return [];
    const base = target.base;
    if (base === undefined) return alone(names, () => undefined);
    const foreignBuild = base.prepared.contaminated.get(file);
    if (foreignBuild) return names.map((name) => failedBy(name, 'base', foreignBuild));
    if (base.file.state === 'failed') {
      const why = base.file.reason;
      unbuilt = why;
      return alone(names, () => ({ why, kind: 'new' }));
    }
    if (!context.request.force && !context.request.aa && sameBuild(target)) {
      // Equal builds need no comparison, but an absolute limit needs a figure.
      const limited = names.filter((name) => hasAbsoluteLimit(subjectId(file, name), context.settings));
      const rest = names.filter((name) => !limited.includes(name));
      const figures = limited.length > 0 ? await alone(limited, () => undefined) : [];
      return [...rest.map((name): BenchmarkOutcome => ({ ...origin(name), state: 'identical' })), ...figures];
    }
    const crashed = new Set<string>();
    const known = new Set([...listing.names, ...listing.failed.keys()]);
    const { result, begun, cut } = await group(names, base.prepared, crashed);
    if (result === undefined) return cut.map(outOfTime);
    const later = await measureOpen(cut);
    const foreign =
      context.base &&
      (contamination(result.loaded.base, context.base, context.head) ??
        contamination(result.loaded.head, context.head, context.base));
    if (foreign) return [...begun.map((name) => failedBy(name, 'base', foreign)), ...later];
    const done: BenchmarkOutcome[] = result.measured.map(({ name, samples, notes, plan }) => {
      const pooled = withPool(samples, context);
      const outcome = comparedOutcome(name, pooled);
      if (outcome.state !== 'compared') return outcome;
      return {
        ...outcome,
        judgement: { ...outcome.judgement, notes: [...outcome.judgement.notes, ...notes] },
        ...(plan.detectable === undefined ? {} : { promised: plan.detectable }),
      };
    });
    const fresh = withoutBase(begun, result, known, crashed);
    const failure = listFailure(result, known);
    if (failure && result.onlyHead.length > 0) unbuilt = reasonOf(failure);
    const measuredAlone = fresh.size > 0 ? await alone([...fresh.keys()], (name) => fresh.get(name)) : [];
    return [...complete(begun, [...done, ...measuredAlone], result), ...later];
  }

  async function alone(
    names: readonly string[],
    without: (name: string) => WithoutBase | undefined,
  ): Promise<BenchmarkOutcome[]> {
    const { result, begun, cut } = await group(names, undefined);
    if (result === undefined) return cut.map(outOfTime);
    const later = cut.length > 0 ? await alone(cut, without) : [];
    const done = result.measured.map(({ name, samples }): BenchmarkOutcome => {
      const why = without(name);
      // Not new: there is a base to compare with, and what became of its process may be chance. Nor can a command
      // that fails be told from one that does not exist.
      if (why?.kind === 'broke-down' || (why && target.harness.harness.id === 'command'))
        return { ...origin(name), state: 'inconclusive', reason: why.why };
      const nothing = measuresNothing(name, samples);
      if (nothing) return failedBy(name, 'head', nothing);
      const newBecause = why?.why;
      return {
        ...origin(name),
        state: 'measured',
        samples,
        figures: estimateSide(samples, 'head', context.settings.judge.confidence),
        ...figuresBeside(samples),
        ...(newBecause === undefined ? {} : { newBecause }),
      };
    });
    return [...complete(begun, done, result), ...later];
  }

  /**
   * Measures as many of the benchmarks as the time of the run allows; `cut` are the others.
   *
   * @param crashed takes in benchmarks of the base whose process did not end by itself
   */
  async function group(
    names: readonly string[],
    base: Prepared | undefined,
    crashed?: Set<string>,
  ): Promise<{
    readonly result: GroupResult | undefined;
    readonly begun: readonly string[];
    readonly cut: readonly string[];
  }> {
    const { eachMs, fit } = context.timeLeft.next(names.length, remaining);
    const [begun, cut] = [names.slice(0, fit), names.slice(fit)];
    if (fit === 0) return { result: undefined, begun, cut };
    remaining -= fit;
    const driveBase = async (ask: DriveRequest): Promise<DriveResult | undefined> => {
      const answer = await base?.drive(ask);
      const ended = answer === undefined || answer.process.state === 'exited';
      for (const outcome of ended ? [] : answer.outcomes) {
        if (outcome.state === 'failed') crashed?.add(outcome.name);
      }
      return answer;
    };
    const files = { head: target.head.files.find((entry) => entry.file === file), base: target.base?.file };
    const result = await measureGroup({
      drive: {
        head: (ask) => target.head.drive(ask),
        ...(base ? { base: driveBase as Prepared['drive'] } : {}),
      },
      ...(base
        ? inTurns(context, files, {
            head: (ask) => target.head.drive(ask),
            base: driveBase as Prepared['drive'],
          })
        : {}),
      file,
      benchmarks: begun,
      isolation: target.harness.harness.isolation,
      policy: tightestPolicy(
        names.map((name) => subjectId(file, name)),
        context.settings,
      ),
      // The budget is for both sides together; one side alone gets its half.
      budgetMs: base === undefined ? eachMs / 2 : eachMs,
      earlier: (name) => earlierSamples(context, subjectId(file, name))?.batches,
      processTimeoutMs: target.harness.options.processTimeoutMs,
      attempt: context.attempt,
      clock: context.effects.clock,
      subjectOf: (name) => subjectId(file, name),
      signal: context.effects.signal,
      onProgress: ({ phase, benchmarks, unitsDone, remainingMs, resolves }) =>
        target.onProgress(
          benchmarks.length > 1 ? `${file}, ${benchmarks.length} benchmarks` : (benchmarks[0] ?? file),
          resolves === undefined ? phase : `${phase}, resolves ${percent(1 + resolves)}`,
          unitsDone,
          remainingMs,
        ),
    });
    return { result, begun, cut };
  }

  /** What earlier attempts showed stands, also where this one came to nothing. */
  function earlierOutcome(name: string): BenchmarkOutcome | undefined {
    const earlier = target.base && earlierSamples(context, subjectId(file, name));
    return earlier && comparedOutcome(name, earlier);
  }

  function outOfTime(name: string): BenchmarkOutcome {
    const earlier = earlierOutcome(name);
    if (earlier) return earlier;
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
          const earlier = earlierOutcome(name);
          if (earlier) return earlier;
          const reason = result.stopped ? 'the run was stopped' : 'no process of it ended within the time';
          return { ...origin(name), state: 'inconclusive', reason };
        }
        return { ...origin(name), state: 'failed', side: failure.side, reason: reasonOf(failure) };
      }),
    ];
  }
}

/** The error of a benchmark none of whose processes took longer than the loop around it. */
function measuresNothing(name: string, samples: BenchmarkSamples): AssayError | undefined {
  if (estimateSide(samples, 'head', 0.9).length > 0) return undefined;
  const overhead = duration(samples.overheadNs);
  return benchErrors.create('bench/faster-than-loop', { title: name, overhead });
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

function figuresBeside(samples: BenchmarkSamples) {
  return { extras: extraFigures(samples), missing: missingFigures(samples) };
}
