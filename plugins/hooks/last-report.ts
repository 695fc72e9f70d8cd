import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CachedTarget } from '../../tools/nx/cached-graph.ts';

/** What the hook reads of a Report. */
export interface LastReport {
  readonly verdict?: unknown;
}

/** The Report in a target's output folder; undefined where there is none, or none that can be read. */
export function lastReport(target: CachedTarget, workspaceRoot: string): LastReport | undefined {
  const folder = target.outputs?.find((output) => output.startsWith('{workspaceRoot}/.assay/'));
  if (folder === undefined) return undefined;
  try {
    const path = join(workspaceRoot, folder.slice('{workspaceRoot}/'.length), 'report.json');
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the next run has to measure again, although Nx may hold this Report in its cache. */
export function isUnsettled(report: LastReport | undefined): boolean {
  return report?.verdict === 'inconclusive' || report?.verdict === 'skipped';
}
