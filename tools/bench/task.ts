import { join } from 'node:path';
import type { BenchmarkSamples } from '../compare/types.ts';
import type { Effects } from '../kernel/effects.ts';
import { machineClass } from '../kernel/environment/index.ts';
import { isAssayError } from '../kernel/errors/assay-error.ts';
import { escapeProjectName, resultFolder } from '../kernel/files/project-folder.ts';
import { writeAtomic } from '../kernel/files/write-atomic.ts';
import type { Report } from '../kernel/report/schema.ts';
import { publishReport } from '../task/publish.ts';
import { compareWithBaseline } from './baseline/compare.ts';
import { baselinePath, readBaseline, updateBaseline } from './baseline/file.ts';
import { conclude, outcomesOf } from './conclude.ts';
import { dropPool, type Pool, poolPath, readPool } from './pool.ts';
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
 * of an undecided pair for the next attempt.
 */
export async function benchTask(request: BenchRequest, effects: Effects): Promise<BenchDone> {
  const pool = poolPath(request.workspaceRoot, escapeProjectName(request.project.name));
  const startedAt = effects.now();
  const began = effects.clock();
  const facts = await runBench(request, effects, (pair) => readPool(pool, pair));
  const folder = resultFolder('bench', request.project.name);
  const durationMs = effects.clock() - began;
  const report = conclude(await withBaseline(facts, request), request, {
    startedAt,
    durationMs,
    env: effects.env,
    folder,
  });
  if (request.updateBaseline) await writeBaseline(facts, request, report, effects);
  const samples = samplesOf(facts);
  await writeRawData(join(request.workspaceRoot, folder), samples, report);
  await keepPool(pool, facts, report, samples);
  return publishReport(request.workspaceRoot, report);
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
    return { ...facts, errors: [error] };
  }
}

async function writeBaseline(
  facts: BenchFacts,
  request: BenchRequest,
  report: Report,
  effects: Effects,
): Promise<void> {
  const file = baselinePath(request.project.root);
  const filtered = request.filter !== undefined;
  const count = await updateBaseline(
    request.workspaceRoot,
    file,
    outcomesOf(facts),
    report.environment,
    filtered,
  );
  effects.progress({ text: `wrote ${count} figures into ${file}; commit it` });
}

/** An undecided or red pair keeps its samples: the next attempt adds to them, and only all of them together decide. */
async function keepPool(
  path: string,
  facts: BenchFacts,
  report: Report,
  samples: readonly BenchmarkSamples[],
): Promise<void> {
  if (facts.state !== 'measured' || facts.comparison.kind === 'alone') return;
  const compared = facts.project.outcomes.filter((outcome) => outcome.state === 'compared');
  const open = compared.some(
    ({ judgement }) => judgement.verdict === 'inconclusive' || judgement.verdict === 'regressed',
  );
  if (!open || report.verdict === 'passed') return dropPool(path);
  const kept = new Set(compared.map(({ subject }) => subject));
  const pool: Pool = {
    schema: 'nx-assay/bench-pool@1',
    pair: facts.comparison.pair,
    attempts: facts.attempt,
    samples: samples.filter(({ subject }) => kept.has(subject)),
  };
  await writeAtomic(path, `${JSON.stringify(pool)}\n`);
}
