import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { headSide, withBaseCheckout } from '../compare/base/index.ts';
import { turnstile } from '../harnesses/turns.ts';
import type { Effects } from '../kernel/effects.ts';
import type { AssayError } from '../kernel/errors/assay-error.ts';
import { isAssayError } from '../kernel/errors/assay-error.ts';
import { createTempFolder } from '../kernel/files/temp-folder.ts';
import { withMeasuringLock } from '../kernel/process/lock.ts';
import { seededRandom, seedOf } from '../kernel/statistics/index.ts';
import { baselinePath, readBaseline } from './baseline/file.ts';
import { type Comparison, decideComparison } from './comparison.ts';
import { againstRelease } from './drift/against-release.ts';
import type { KnownBenchmarks } from './known.ts';
import { knownBenchmarks } from './list.ts';
import type { MeasureContext } from './measure/context.ts';
import { measureProject, type ProjectOutcome, type Sides } from './measure/measure-project.ts';
import { createTimeLeft } from './measure/time-left.ts';
import type { Pool } from './pool.ts';
import { type PreparedRun, prepareRun } from './prepare-run.ts';
import type { BenchRequest } from './request.ts';
import { requestedSettings } from './settings/requested.ts';
import type { BenchSettings } from './settings/settings.ts';
import { lendBenchmarks, runSetup } from './sides.ts';
import { watchSources } from './tree-state.ts';

/** What a run found out, before it becomes a Report. */
export type BenchFacts =
  /** It ended before anything could be measured. */
  | {
      readonly state: 'stopped';
      readonly error: AssayError;
      readonly run?: PreparedRun;
      readonly settings?: BenchSettings;
    }
  /** No toolchain for any of its benchmarks. */
  | { readonly state: 'no-toolchain'; readonly run: PreparedRun }
  /** The inputs equal the base's. */
  | {
      readonly state: 'identical';
      readonly run: PreparedRun;
      readonly comparison: Comparison;
      readonly known: KnownBenchmarks;
      readonly driftProblem?: AssayError;
    }
  | {
      readonly state: 'measured';
      readonly run: PreparedRun;
      readonly comparison: Comparison;
      readonly project: ProjectOutcome;
      readonly attempt: number;
      /** Samples of earlier attempts at the same pair. */
      readonly earlier?: Pool;
      /** Sources changed on the way: the figures may be of several versions. */
      readonly mixture?: AssayError;
      /** What kept the base from being compared with, after all. */
      readonly baseError?: AssayError;
      /** Mistakes found after measuring, such as a baseline that cannot be read. */
      readonly errors?: readonly AssayError[];
      /** Why policy's wish for a comparison with a release was not met. */
      readonly driftProblem?: AssayError;
    };

/**
 * Measures a project. Mistakes of the user and conditions of the machine are facts with a remedy; only what
 * we did not foresee is thrown.
 *
 * @param readPool samples of earlier attempts at the pair with this key
 */
export async function runBench(
  asked: BenchRequest,
  effects: Effects,
  readPool: (pair: string) => Promise<Pool | undefined>,
): Promise<BenchFacts> {
  let run: PreparedRun | undefined;
  let settings: BenchSettings | undefined;
  try {
    settings = await requestedSettings(asked);
    const directed = await againstRelease(asked, settings, effects);
    const { request, release, problem } = directed;
    settings = directed.settings;
    const drift = problem ? { driftProblem: problem } : {};
    if (request.updateBaseline) {
      // What cannot be merged with must be known before the measuring, not after it.
      await readBaseline(request.workspaceRoot, baselinePath(request.project.root));
    }
    run = await prepareRun(request, effects, settings);
    if (run.toolchains.usable.length === 0) return { state: 'no-toolchain', run };
    const decided = await decideComparison(request, run);
    const comparison = decided.kind === 'base' && release ? { ...decided, release } : decided;
    const unchanged =
      comparison.kind === 'base' &&
      comparison.difference.code.length + comparison.difference.benchmarks.length === 0;
    const limits = settings.config.budgets?.some(({ max }) => max !== undefined) ?? false;
    if (unchanged && !request.force && !limits) {
      const known = await knownBenchmarks(request, effects, run);
      return { state: 'identical', run, comparison, known, ...drift };
    }
    const pool = comparison.kind === 'alone' ? undefined : await readPool(comparison.pair);
    return { ...(await measureUnderLock(request, effects, run, comparison, pool)), ...drift };
  } catch (error) {
    if (!isAssayError(error)) throw error;
    return { state: 'stopped', error, ...(run ? { run } : {}), ...(settings ? { settings } : {}) };
  }
}

/** Compares with the base only where the code differs; otherwise there is one version to look at. */
function needsBase(
  comparison: Comparison,
  request: BenchRequest,
): comparison is Comparison & { kind: 'base' } {
  return comparison.kind === 'base' && (comparison.difference.code.length > 0 || request.force);
}

async function measureUnderLock(
  request: BenchRequest,
  effects: Effects,
  run: PreparedRun,
  comparison: Comparison,
  pool: Pool | undefined,
): Promise<Extract<BenchFacts, { state: 'measured' }>> {
  const attempt = (pool?.attempts ?? 0) + 1;
  const onWait = ({ pid, cwd }: { pid: number; cwd: string }): void =>
    effects.progress({
      text: `waiting for another measuring run on this machine (process ${pid} in ${cwd})`,
    });
  return withMeasuringLock(
    async () => {
      const common = { request, settings: run.settings, effects, pool, attempt, filter: run.filter };
      const totalMs = request.budgetNs === undefined ? undefined : request.budgetNs / 1e6;
      const timeLeft = createTimeLeft(run.settings.budgetMs, totalMs, effects.clock);
      const facts = {
        state: 'measured',
        run,
        comparison,
        attempt,
        ...(pool ? { earlier: pool } : {}),
      } as const;
      if (!needsBase(comparison, request)) {
        return { ...facts, ...(await measureAlone({ ...common, timeLeft }, run)) };
      }
      try {
        return { ...facts, ...(await measureAgainst(comparison.commit, { ...common, timeLeft }, run)) };
      } catch (error) {
        // The base is at fault, not head: head is measured all the same, and what is missing is said.
        if (!isAssayError(error) || !error.code.startsWith('base/')) throw error;
        return { ...facts, ...(await measureAlone({ ...common, timeLeft }, run)), baseError: error };
      }
    },
    { onWait, signal: effects.signal },
  );
}

type Common = Omit<MeasureContext, 'head' | 'base'>;
type Measured = Pick<Extract<BenchFacts, { state: 'measured' }>, 'project' | 'mixture'>;

async function measureAlone(common: Common, run: PreparedRun): Promise<Measured> {
  await using temp = await createTempFolder('bench');
  const scratch = join(temp.path, 'a-head');
  await mkdir(scratch);
  const head = await headSide(placesOf(common.request, run));
  await runSetup(head, run.settings, common.effects);
  const sides: Sides = { head: { side: head, scratch } };
  // Awaited here: the scratch folder goes away with this scope.
  return await measureSides(run, sides, { ...common, head });
}

async function measureAgainst(commit: string, common: Common, run: PreparedRun): Promise<Measured> {
  const { effects, request } = common;
  effects.progress({ text: `${request.project.name}: checking the base out` });
  const places = { ...placesOf(request, run), commit, run: effects.run, signal: effects.signal };
  return withBaseCheckout(places, async (base, head, scratch) => {
    const knownToBase = await lendBenchmarks(base, head, run.toolchains.usable, run.settings);
    const all = new Set(run.toolchains.usable.flatMap(({ languages }) => languages));
    for (const language of all) await language.shareDependencies(base, head, run.languageContext);
    await runSetup(head, run.settings, effects);
    await runSetup(base, run.settings, effects);
    const sides: Sides = {
      head: { side: head, scratch: scratch.head },
      base: { side: base, scratch: scratch.base },
    };
    const random = seededRandom(seedOf(request.project.name));
    const stile = await turnstile(effects.run, dirname(scratch.head), random);
    return measureSides(run, sides, { ...common, head, base, knownToBase, turnstile: stile });
  });
}

/** Measures what is ready on both sides, and notices where the sources change under it. */
async function measureSides(run: PreparedRun, sides: Sides, context: MeasureContext): Promise<Measured> {
  const changed = await watchSources(run.state, context.request);
  const project = await measureProject(run.toolchains.usable, sides, context, run.languageContext);
  const mixture = await changed();
  return { project, ...(mixture ? { mixture } : {}) };
}

function placesOf(request: BenchRequest, run: PreparedRun) {
  const { workspaceRoot, project } = request;
  return {
    repoRoot: run.state.repository?.root ?? workspaceRoot,
    workspaceRoot,
    projectRoot: join(workspaceRoot, project.root),
  };
}
