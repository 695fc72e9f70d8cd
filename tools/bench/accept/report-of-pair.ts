import { join } from 'node:path';
import { isAssayError } from '../../kernel/errors/assay-error.ts';
import { resultPath } from '../../kernel/files/project-folder.ts';
import { readReport } from '../../kernel/report/read.ts';
import type { Report } from '../../kernel/report/schema.ts';
import { hasExpired } from '../../kernel/waivers/index.ts';
import { decideComparison } from '../comparison.ts';
import type { PreparedRun } from '../prepare-run.ts';
import type { BenchRequest } from '../request.ts';

/**
 * The Report of the last run, where it is about the very pair of versions that would be measured now: what a user has
 * just seen is what is accepted, and nothing needs to be measured again. Undefined where it is about anything else,
 * where sources changed under it, or where what it waived has expired since.
 *
 * @throws AssayError where the base that was asked for cannot be had
 */
export async function reportOfPair(
  request: BenchRequest,
  run: PreparedRun,
  today: string,
): Promise<Report | undefined> {
  if (request.force) return undefined;
  const report = await lastReport(request);
  if (report?.run.pair === undefined) return undefined;
  const unfit = report.findings.some(
    ({ id, waiver }) =>
      id === 'bench/changed-while-measuring' || (waiver?.expires && hasExpired(waiver.expires, today)),
  );
  if (unfit) return undefined;
  const comparison = await decideComparison(request, run);
  return comparison.kind === 'base' && comparison.pair === report.run.pair ? report : undefined;
}

/** A Report that cannot be read is none: it will be written anew. */
async function lastReport({ workspaceRoot, project }: BenchRequest): Promise<Report | undefined> {
  try {
    return await readReport(join(resultPath(workspaceRoot, 'bench', project.name), 'report.json'));
  } catch (error) {
    if (isAssayError(error)) return undefined;
    throw error;
  }
}
