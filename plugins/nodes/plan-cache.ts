import { readFileSync } from 'node:fs';
import type { CreateNodesResultArray } from '@nx/devkit';
import type { Signature } from '../facts/fact-cache.ts';

/** A finished plan and all that it depends on. */
export interface CachedPlan {
  /** Hash of the list of files, the options and our version. */
  readonly key: string;
  /** Files that were read, with the signatures that they had. */
  readonly reads: readonly (readonly [file: string, signature: string])[];
  readonly warnings: readonly string[];
  readonly nodes: CreateNodesResultArray;
}

/** The plan of the last graph, where nothing that it depends on has changed since. */
export function reusablePlan(path: string, key: string, signature: Signature): CachedPlan | undefined {
  try {
    const plan = JSON.parse(readFileSync(path, 'utf8')) as CachedPlan;
    if (plan.key !== key) return undefined;
    return plan.reads.every(([file, then]) => signature(file) === then) ? plan : undefined;
  } catch {
    return undefined;
  }
}
