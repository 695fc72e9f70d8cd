import type { Prepared, PreparedFile, Side } from '../../harnesses/harness.ts';
import type { LanguageContext } from '../../languages/language.ts';
import type { KnownBenchmarks } from '../known.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { clause, lastLines } from '../report/words.ts';
import { type PreparedSide, prepareSide, type SideFolder } from '../sides.ts';
import type { UsableHarness } from '../toolchains.ts';
import { type Canary, canaryOf, measureCanary } from './canary.ts';
import { type MeasureContext, originOf, subjectId } from './context.ts';
import { type CountPlace, countBenchmarks } from './count-benchmarks.ts';
import { type FileListing, listFile } from './list-file.ts';
import { type FileToMeasure, measureFile, wantedNames } from './measure-file.ts';

/** The sides of a run: head alone, head against the base, or head against itself. */
export interface Sides {
  readonly head: SideFolder;
  readonly base?: SideFolder;
}

export interface ProjectOutcome {
  readonly outcomes: readonly BenchmarkOutcome[];
  /** Benchmarks listed in all, before the filter. */
  readonly listed: number;
  readonly known: KnownBenchmarks;
  /** Files that do not build or load on the base, with the reason; `known`: though the base has them. */
  readonly unbuilt: readonly { readonly file: string; readonly reason: string; readonly known: boolean }[];
  /** Files that build on head. */
  readonly files: number;
  /** Number of the last attempt at this pair: a second look is one. */
  readonly attempt: number;
  /** One for each harness that compared something. */
  readonly canaries: readonly Canary[];
}

interface Listed {
  readonly harness: UsableHarness;
  readonly file: string;
  readonly listing: FileListing;
  readonly head: Prepared;
  readonly base: PreparedSide | undefined;
}

/** Builds, lists and measures all benchmark files of a project. Whatever fails in one file stays in that file. */
export async function measureProject(
  harnesses: readonly UsableHarness[],
  sides: Sides,
  context: MeasureContext,
  languageContext: LanguageContext,
): Promise<ProjectOutcome> {
  const outcomes: BenchmarkOutcome[] = [];
  const unbuilt: { file: string; reason: string; known: boolean }[] = [];
  const prepared: Prepared[] = [];
  const wantsCanary =
    (sides.base !== undefined || context.request.aa) &&
    context.settings.canary &&
    // Where instructions decide, what wall time would have found is nothing to rely on.
    context.settings.judge.witness !== 'instructions';
  try {
    const listed: Listed[] = [];
    for (const harness of harnesses) {
      const { head, base } = await prepareBoth(harness);
      for (const file of harness.files) {
        const built = head.files.find((entry) => entry.file === file);
        if (built?.state !== 'ready') {
          const error = head.contaminated.get(file);
          const failed = { state: 'failed', side: 'head', reason: whyNotBuilt(built) } as const;
          outcomes.push({ ...originOf(context.request, file, ''), ...failed, ...(error ? { error } : {}) });
          continue;
        }
        const listing = await listFile(head, file, harness.options.processTimeoutMs);
        if (listing.failure !== undefined) {
          const origin = originOf(context.request, file, '');
          outcomes.push({ ...origin, state: 'failed', side: 'head', reason: listing.failure });
          continue;
        }
        listed.push({ harness, file, listing, head, base });
      }
    }
    await measureListed(listed);
    const attempt = await lookAgain(listed);
    const canaries = await sendCanaries(listed);
    await countBenchmarks(outcomes, (subject) => countPlace(listed, subject), context);
    const count = listed.reduce((sum, { listing }) => sum + listing.names.length, 0);
    const known = knownOf(listed, harnesses);
    return { outcomes, listed: count, known, unbuilt, files: listed.length, attempt, canaries };
  } finally {
    for (const side of new Set(prepared)) await side.dispose().catch(() => undefined);
  }

  /** What a harness says is worth something where it finds a change that is known to be there. */
  async function sendCanaries(listed: readonly Listed[]): Promise<readonly Canary[]> {
    const canaries: Canary[] = [];
    if (!wantsCanary) return canaries;
    for (const harness of harnesses) {
      const mine = listed.filter((one) => one.harness === harness);
      const measured = outcomes.filter(
        (outcome): outcome is Extract<BenchmarkOutcome, { state: 'compared' }> =>
          outcome.state === 'compared' &&
          outcome.samples.batches.some((batch) => batch.attempt >= context.attempt) &&
          mine.some(({ file }) => isOf(outcome.subject, file)),
      );
      if (measured.every(({ judgement }) => judgement.verdict === 'inconclusive')) continue;
      const chosen = canaryOf(measured);
      const place = chosen && mine.find(({ file }) => isOf(chosen.subject, file));
      const name = place?.listing.names.find((each) => subjectId(place.file, each) === chosen?.subject);
      if (place === undefined || name === undefined) continue;
      const onProgress: FileToMeasure['onProgress'] = (text, detail, _, remainingMs) =>
        context.effects.progress({
          text: `${context.request.project.name}: ${text} of ${harness.harness.id}`,
          ...{ detail, remainingMs },
        });
      canaries.push(await measureCanary({ ...toMeasure(place), remaining: 1, onProgress }, name, context));
    }
    return canaries;
  }

  async function prepareBoth(
    harness: UsableHarness,
  ): Promise<{ head: PreparedSide; base: PreparedSide | undefined }> {
    const other: Side = context.base ?? context.head;
    const prepare = async (
      folder: SideFolder,
      against: Side,
      harness: UsableHarness,
    ): Promise<PreparedSide> => {
      context.effects.progress({
        text: `${context.request.project.name}: building ${harness.harness.id} (${folder.side.name})`,
      });
      const built = await prepareSide(
        folder,
        against,
        harness,
        context.settings,
        languageContext,
        context.effects,
      );
      prepared.push(built);
      return built;
    };
    const head = await prepare(sides.head, other, harness);
    // Head against itself shares one build: two builds of the same code would differ in layout alone.
    if (context.request.aa) return { head, base: head };
    if (sides.base === undefined) return { head, base: undefined };
    const base = await prepare(sides.base, context.head, harness);
    if (sameRunners(head, base)) return { head, base };
    // Each side chose by what its files import. Two runners are no comparison: both take the one that can do all.
    const settings = { ...harness.options.settings, runner: 'vitest', general: true };
    const through = { ...harness, options: { ...harness.options, settings } };
    return {
      head: await prepare(sides.head, other, through),
      base: await prepare(sides.base, context.head, through),
    };
  }

  async function measureListed(listed: readonly Listed[]): Promise<void> {
    const counts = listed.map(({ listing, file }) => wantedNames(listing, file, context.filter).length);
    const total = counts.reduce((sum, n) => sum + n, 0);
    let done = 0;
    for (const [index, { harness, file, listing, head, base }] of listed.entries()) {
      const before = done;
      const onProgress: FileToMeasure['onProgress'] = (text, detail, units, phaseMs) =>
        context.effects.progress({
          text: `${context.request.project.name}: ${text}`,
          detail,
          fraction: (before + units) / Math.max(1, total),
          remainingMs: phaseMs + (total - before - units - 1) * context.settings.budgetMs * 0.5,
        });
      const target = {
        ...toMeasure({ harness, file, listing, head, base }),
        // One more for the canary.
        remaining: total - done + Number(wantsCanary),
        onProgress,
      };
      const result = await measureFile(target, context);
      outcomes.push(...result.outcomes);
      if (result.unbuilt !== undefined) {
        unbuilt.push({ file, reason: result.unbuilt, known: context.knownToBase?.has(file) ?? false });
      }
      done += counts[index] ?? 0;
    }
  }

  /**
   * Benchmarks that are still undecided share what the others left of their time: a further attempt, within the same
   * error budget, whose samples are pooled with those of the first.
   *
   * @returns number of the last attempt
   */
  async function lookAgain(listed: readonly Listed[]): Promise<number> {
    const { attempt, pool, timeLeft } = context;
    const compared = outcomes.filter((outcome) => outcome.state === 'compared');
    // Where instructions decide, time is only shown.
    const counted = context.settings.judge.witness === 'instructions';
    const open = counted ? [] : compared.filter(({ judgement }) => judgement.verdict === 'inconclusive');
    const eachMs = open.length > 0 ? timeLeft.saved(outcomes.length, open.length) : undefined;
    if (eachMs === undefined) return attempt;
    const only = new Set(open.map(({ subject }) => subject));
    const samples = compared.map((outcome) => outcome.samples);
    const again: MeasureContext = {
      ...context,
      only,
      attempt: attempt + 1,
      pool: { schema: 'nx-assay/bench-pool@1', pair: pool?.pair ?? '', attempts: attempt, samples },
      timeLeft: { ...timeLeft, next: (wanted) => ({ eachMs, fit: wanted }) },
    };
    for (const one of listed) {
      const names = wantedNames(one.listing, one.file, context.filter).map((name) =>
        subjectId(one.file, name),
      );
      if (!names.some((subject) => only.has(subject))) continue;
      const onProgress: FileToMeasure['onProgress'] = (text, detail, _, remainingMs) =>
        context.effects.progress({
          text: `${context.request.project.name}: ${text}, again`,
          detail,
          remainingMs,
        });
      const found = await measureFile({ ...toMeasure(one), remaining: only.size, onProgress }, again);
      for (const outcome of found.outcomes) {
        const at = outcomes.findIndex(({ subject }) => subject === outcome.subject && only.has(subject));
        if (at >= 0 && outcome.state === 'compared') outcomes[at] = outcome;
      }
    }
    return attempt + 1;
  }
}

/** Benchmarks that could be listed, of all files that there are. */
function knownOf(listed: readonly Listed[], harnesses: readonly UsableHarness[]): KnownBenchmarks {
  const all = listed.flatMap(({ file, listing }) =>
    listing.names.map((name) => ({ id: subjectId(file, name), skipped: listing.skipped.has(name) })),
  );
  const files = harnesses.reduce((sum, harness) => sum + harness.files.length, 0);
  return { all, complete: listed.length === files };
}

function countPlace(listed: readonly Listed[], subject: string): CountPlace | undefined {
  const place = listed.find(({ file }) => isOf(subject, file));
  const name = place?.listing.names.find((each) => subjectId(place.file, each) === subject);
  if (place === undefined || name === undefined) return undefined;
  const { file, head, base } = place;
  return { file, name, language: place.harness.harness.language, head, base };
}

function isOf(subject: string, file: string): boolean {
  return subject === subjectId(file, '') || subject.startsWith(subjectId(file, 'x').slice(0, -1));
}

function toMeasure({ harness, file, listing, head, base }: Listed) {
  const baseFile = base?.files.find((entry) => entry.file === file);
  return {
    harness,
    file,
    listing,
    head,
    ...(base && baseFile ? { base: { prepared: base, file: baseFile } } : {}),
  };
}

/** The reason, and of what the builder printed the end, where that says more. */
function whyNotBuilt(built: Exclude<PreparedFile, { state: 'ready' }> | undefined): string {
  if (built === undefined) return 'it was not built';
  const reason = clause(built.reason);
  const said = lastLines(built.output);
  const first = clause(built.output.split('\n')[0] ?? '');
  return said === '' || reason.includes(first) ? reason : `${reason}: ${said}`;
}

function sameRunners(head: Prepared, base: Prepared): boolean {
  return head.files.every((mine) => {
    const theirs = base.files.find(({ file }) => file === mine.file);
    return mine.state !== 'ready' || theirs?.state !== 'ready' || mine.runner === theirs.runner;
  });
}
