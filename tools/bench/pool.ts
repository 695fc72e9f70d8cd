import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchmarkSamples } from '../compare/types.ts';

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

export async function dropPool(path: string): Promise<void> {
  await rm(path, { force: true });
}
