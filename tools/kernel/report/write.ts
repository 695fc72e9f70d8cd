import { join } from 'node:path';
import type { z } from 'zod';
import { writeJsonAtomic } from '../files/write-atomic.ts';
import { reportErrors } from './errors.ts';
import { problemsOf } from './problems.ts';
import { type Report, reportSchema } from './schema.ts';

/**
 * Checks a Report against its schema and writes it as `report.json` into a result folder, whole or not at all.
 *
 * @returns the Report as written, defaults filled in, and its path
 * @throws AssayError `report/refused`, `files/disk-full`, `files/unwritable`
 */
export async function writeReport(
  folder: string,
  report: z.input<typeof reportSchema>,
): Promise<{ path: string; report: Report }> {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) {
    throw reportErrors.create('report/refused', { problems: problemsOf(parsed.error) }, parsed.error);
  }
  const path = join(folder, 'report.json');
  await writeJsonAtomic(path, parsed.data);
  return { path, report: parsed.data };
}
