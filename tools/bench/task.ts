import type { BenchmarkSamples } from '../compare/types.ts';
import { escapeProjectName, resultFolder } from '../kernel/files/project-folder.ts';
import { writeAtomic } from '../kernel/files/write-atomic.ts';
import type { Report } from '../kernel/report/schema.ts';
import { conclude, outcomesOf } from './conclude.ts';
import { dropPool, type Pool, poolPath, readPool } from './pool.ts';
import { publish } from './publish.ts';
import type { BenchEffects, BenchRequest } from './request.ts';
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
export async function benchTask(request: BenchRequest, effects: BenchEffects): Promise<BenchDone> {
  const pool = poolPath(request.workspaceRoot, escapeProjectName(request.project.name));
  const startedAt = effects.now();
  const began = effects.clock();
  const facts = await runBench(request, effects, (pair) => readPool(pool, pair));
  const folder = resultFolder('bench', request.project.name);
  const durationMs = effects.clock() - began;
  const report = conclude(facts, request, { startedAt, durationMs, env: effects.env, folder });
  const samples = samplesOf(facts);
  const written = await publish(request.workspaceRoot, folder, report, samples);
  await keepPool(pool, facts, written, samples);
  return { report: written, folder };
}

function samplesOf(facts: BenchFacts): readonly BenchmarkSamples[] {
  return outcomesOf(facts).flatMap((outcome) =>
    outcome.state === 'compared' || outcome.state === 'measured' ? [outcome.samples] : [],
  );
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
