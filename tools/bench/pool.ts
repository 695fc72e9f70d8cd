import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { judge } from '../compare/index.ts';
import type { BenchmarkSamples } from '../compare/types.ts';
import { writeAtomic } from '../kernel/files/write-atomic.ts';
import type { BenchFacts } from './run.ts';
import { policyFor } from './settings/margins.ts';
import type { BenchSettings } from './settings/settings.ts';

/** Samples of earlier attempts at the same pair of versions, kept until the pair is decided. */
export interface Pool {
  readonly schema: 'nx-assay/bench-pool@1';
  /** What was compared with what, on which machine, by which policy. */
  readonly pair: string;
  readonly attempts: number;
  readonly samples: readonly BenchmarkSamples[];
}

/** Of one project, outside of every task's outputs: Nx replaces those. */
export function poolPath(workspaceRoot: string, escapedProject: string): string {
  return join(workspaceRoot, '.assay', 'pool', `bench-${escapedProject}.json`);
}

/** Identity of a comparison: equal only where pooling its samples with earlier ones is right. */
export function pairKey(parts: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** The pool of this very pair; a pool of another pair, a damaged or a missing one is none. */
export async function readPool(path: string, pair: string): Promise<Pool | undefined> {
  try {
    const pool = JSON.parse(await readFile(path, 'utf8')) as Partial<Pool>;
    const usable =
      pool.schema === 'nx-assay/bench-pool@1' &&
      pool.pair === pair &&
      Number.isInteger(pool.attempts) &&
      Array.isArray(pool.samples);
    return usable ? (pool as Pool) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps the samples of an undecided or red pair: the next attempt adds to them, and only all of them together decide.
 * Benchmarks that this run did not compare (a filter, too little time, a failure) keep those that they had.
 */
export async function keepPool(path: string, facts: BenchFacts): Promise<void> {
  if (facts.state !== 'measured' || facts.comparison.kind === 'alone' || facts.mixture) return;
  const compared = facts.project.outcomes.flatMap((outcome) =>
    outcome.state === 'compared' ? [outcome.samples] : [],
  );
  const now = new Set(compared.map(({ subject }) => subject));
  const others = (facts.earlier?.samples ?? []).filter(({ subject }) => !now.has(subject));
  const samples = [...others, ...compared];
  const { settings } = facts.run;
  if (!samples.some((one) => isOpen(one, settings))) return dropPool(path);
  const pool: Pool = {
    schema: 'nx-assay/bench-pool@1',
    pair: facts.comparison.pair,
    attempts: facts.project.attempt,
    samples,
  };
  await writeAtomic(path, `${JSON.stringify(pool)}\n`);
}

function isOpen(samples: BenchmarkSamples, settings: BenchSettings): boolean {
  const { verdict } = judge(samples, policyFor(samples.subject, settings));
  return verdict === 'inconclusive' || verdict === 'regressed';
}

/** A file that cannot be removed is no harm: it is of this pair alone, and its samples are true. */
export async function dropPool(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => {});
}
