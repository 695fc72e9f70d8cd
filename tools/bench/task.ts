import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchmarkSamples } from '../compare/types.ts';
import type { Effects } from '../kernel/effects.ts';
import { machineClass } from '../kernel/environment/index.ts';
import { type AssayError, isAssayError } from '../kernel/errors/assay-error.ts';
import { escapeProjectName, resultFolder } from '../kernel/files/project-folder.ts';
import { writeAtomic } from '../kernel/files/write-atomic.ts';
import { errorFinding } from '../kernel/report/finding.ts';
import type { Report } from '../kernel/report/schema.ts';
import { publishReport } from '../task/publish.ts';
import { acceptTask } from './accept/task.ts';
import { afterthoughts } from './afterthoughts.ts';
import { compareWithBaseline } from './baseline/compare.ts';
import { baselinePath, readBaseline } from './baseline/file.ts';
import { writeBaseline } from './baseline/write.ts';
import { conclude, outcomesOf } from './conclude.ts';
import { keepPool, poolPath, readPool } from './pool.ts';
import { writeRawData } from './raw-data.ts';
import type { BenchRequest } from './request.ts';
import { type BenchFacts, runBench } from './run.ts';

/** A finished run: its Report as written, and where. */
export interface BenchDone {
  readonly report: Report;
  /** Relative to the workspace. */
  readonly folder: string;
}

/**
 * The whole of a bench task: measure, judge, write the Report and the raw data, and keep or drop the samples
 * of an undecided pair for the next attempt. What cannot be written makes the Report a failed one and takes
 * nothing else away: its figures are still returned.
 *
 * @throws AssayError for what is wrong with the wish to accept something, before anything is measured or written
 */
export async function benchTask(request: BenchRequest, effects: Effects): Promise<BenchDone> {
  const { accept } = request;
  if (accept === undefined) return measureTask(request, effects);
  return acceptTask(request, accept, effects, (narrowed, revise) => measureTask(narrowed, effects, revise));
}

/** @param revise what is to be done about what was measured, before the Report is written */
async function measureTask(
  request: BenchRequest,
  effects: Effects,
  revise?: (report: Report) => Promise<Report>,
): Promise<BenchDone> {
  const { workspaceRoot, project } = request;
  const pool = poolPath(workspaceRoot, escapeProjectName(project.name));
  const startedAt = effects.now();
  const began = effects.clock();
  const folder = resultFolder('bench', project.name);
  const target = join(workspaceRoot, folder);
  const unwritable = await failureOf(() => probeFolder(target));
  const facts: BenchFacts = unwritable
    ? { state: 'stopped', error: unwritable }
    : await runBench(request, effects, (pair) => readPool(pool, pair));
  const durationMs = effects.clock() - began;
  const around = { startedAt, durationMs, env: effects.env, folder };
  const concluded = await afterthoughts(
    conclude(await withBaseline(facts, request), request, around),
    facts,
    request,
    effects,
    unwritable ? undefined : folder,
  );
  if (unwritable) return { report: concluded, folder };
  let revised = concluded;
  const samples = samplesOf(facts);
  const failures = [
    facts.state !== 'stopped' &&
      revise &&
      (await failureOf(async () => {
        revised = await revise(concluded);
      })),
    request.updateBaseline &&
      (await failureOf(() => writeBaseline(facts, request, concluded.environment, effects))),
    await failureOf(() => writeRawData(target, samples, concluded)),
    await failureOf(() => keepPool(pool, facts)),
  ];
  const report = failures.reduce((so, error) => (error ? withFailure(so, error) : so), revised);
  try {
    return await publishReport(workspaceRoot, report);
  } catch (error) {
    if (!isAssayError(error)) throw error;
    return { report: withFailure(report, error), folder };
  }
}

/** Measuring takes long: that its result cannot be written must be known before. */
async function probeFolder(folder: string): Promise<void> {
  const probe = join(folder, '.probe');
  await writeAtomic(probe, '');
  await rm(probe, { force: true });
}

/** The condition of the machine that a step met; undefined where it went well. */
async function failureOf(step: () => Promise<void>): Promise<AssayError | undefined> {
  try {
    await step();
    return undefined;
  } catch (error) {
    if (isAssayError(error)) return error;
    throw error;
  }
}

function withFailure(report: Report, error: AssayError): Report {
  return { ...report, verdict: 'failed', findings: [...report.findings, errorFinding(report, error)] };
}

function samplesOf(facts: BenchFacts): readonly BenchmarkSamples[] {
  return outcomesOf(facts).flatMap((outcome) =>
    outcome.state === 'compared' || outcome.state === 'measured' ? [outcome.samples] : [],
  );
}

/** Sets what was measured without a base against the committed baseline, if there is one. */
async function withBaseline(facts: BenchFacts, request: BenchRequest): Promise<BenchFacts> {
  const alone = facts.state === 'measured' && facts.comparison.kind === 'alone' && !facts.comparison.expected;
  if (!alone || request.updateBaseline) return facts;
  const file = baselinePath(request.project.root);
  try {
    const baseline = await readBaseline(request.workspaceRoot, file);
    if (baseline === undefined) return facts;
    const { config, judge } = facts.run.settings;
    const outcomes = compareWithBaseline(
      facts.project.outcomes,
      baseline,
      machineClass().machine,
      config.controls ?? [],
      judge.effectFloor,
      file,
    );
    return { ...facts, project: { ...facts.project, outcomes } };
  } catch (error) {
    if (!isAssayError(error)) throw error;
    return { ...facts, errors: [...(facts.errors ?? []), error] };
  }
}
