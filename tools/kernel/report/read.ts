import { parseJson, readText } from '../files/read-json.ts';
import { reportErrors } from './errors.ts';
import { problemsOf } from './problems.ts';
import { REPORT_SCHEMA_ID, type Report, reportSchema } from './schema.ts';

/** A Report lists findings and metrics, never samples: one larger than this is not a Report. */
const LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Reads a Report. Fields that this version does not know are left out; another version is refused.
 *
 * @throws AssayError `report/unknown-version`, `report/not-a-report`, `report/invalid`, `files/missing`,
 * `files/malformed`, `files/conflict-markers`, `files/too-large`, `files/unreadable`
 */
export async function readReport(path: string): Promise<Report> {
  return parseReport(await readText(path, LIMIT_BYTES), path);
}

/** As `readReport`, for text that is already there; `path` is for the message. */
export function parseReport(text: string, path: string): Report {
  const value = parseJson(text, path);
  const found: unknown =
    typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (typeof found !== 'string') throw reportErrors.create('report/not-a-report', { path });
  if (found !== REPORT_SCHEMA_ID) {
    throw reportErrors.create('report/unknown-version', { path, found, known: REPORT_SCHEMA_ID });
  }
  const parsed = reportSchema.safeParse(value);
  if (!parsed.success) {
    throw reportErrors.create('report/invalid', { path, problems: problemsOf(parsed.error) });
  }
  return parsed.data;
}
