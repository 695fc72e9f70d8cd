import { lstat, readdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { isAssayError } from '../../kernel/errors/assay-error.ts';
import { readReport } from '../../kernel/report/read.ts';
import type { Report } from '../../kernel/report/schema.ts';
import { driftErrors } from './errors.ts';
import type { HistoryPoint, RecordedHistory } from './history-points.ts';

/** Files that one folder may hold; a cache folder named by mistake must not take the day. */
const MOST_FILES = 5_000;

/**
 * Reads kept Reports as a history.
 *
 * @param given folders and files, separated by commas, relative to the workspace
 * @throws AssayError `bench/history-missing`, `bench/history-empty`
 */
export async function reportsHistory(
  given: string,
  workspaceRoot: string,
  project: string,
  isControl: (subject: string) => boolean,
): Promise<RecordedHistory> {
  const paths = given.split(',').map((path) => path.trim());
  const files = (await Promise.all(paths.map((path) => filesAt(path, workspaceRoot)))).flat();
  const reports: Report[] = [];
  let foreign = 0;
  let unreadable = 0;
  let first = '';
  for (const file of files.slice(0, MOST_FILES)) {
    try {
      const report = await readReport(file);
      if (report.capability === 'bench' && report.project === project) reports.push(report);
      else foreign += 1;
    } catch (error) {
      if (!isAssayError(error)) throw error;
      // Other JSON lies beside Reports (samples, histories); what claims to be one and is not is worth a word.
      if (error.code === 'report/not-a-report') continue;
      unreadable += 1;
      first ||= error.message;
    }
  }
  const why = unreadable > 0 ? first.replace(/\.$/, '') : `${foreign} are of other projects or capabilities`;
  if (reports.length === 0) throw driftErrors.create('bench/history-empty', { path: given, project, why });
  const notes: string[] = [];
  if (unreadable > 0)
    notes.push(`${unreadable} Reports could not be read and were left out, the first since: ${first}`);
  if (files.length > MOST_FILES) notes.push(`Only ${MOST_FILES} of ${files.length} files were read.`);
  const dirty = reports.filter(({ environment }) => environment.dirty).length;
  if (dirty > 0) notes.push(`${dirty} Reports were measured with uncommitted changes.`);
  return { series: seriesOf(reports, isControl), notes };
}

/** The floors of Reports by subject, in the order of their times. Pure. */
export function seriesOf(
  reports: readonly Report[],
  isControl: (subject: string) => boolean,
): ReadonlyMap<string, readonly HistoryPoint[]> {
  const series = new Map<string, HistoryPoint[]>();
  const seen = new Set<string>();
  const byTime = [...reports].sort((a, b) => timeOf(a) - timeOf(b));
  for (const report of byTime) {
    // A Report that was replayed from the cache, or kept twice, is one measurement.
    if (seen.has(report.run.id)) continue;
    seen.add(report.run.id);
    const { commit, machine, runtimes } = report.environment;
    const figures = report.metrics.flatMap(({ subject, witness, statistic, state, value, interval }) =>
      witness === 'wall' && statistic === 'floor' && state === 'measured' && value !== undefined
        ? [{ subject, value, interval: interval ?? ([value, value] as [number, number]) }]
        : [],
    );
    const controls = Object.fromEntries(
      figures.filter(({ subject }) => isControl(subject)).map(({ subject, value }) => [subject, value]),
    );
    for (const { subject, value, interval } of figures) {
      const controlled = Object.keys(controls).length > 0 && !isControl(subject);
      const points = series.get(subject) ?? [];
      const session = { commit, time: timeOf(report), machine, runtimes };
      points.push({ ...session, value, interval, ...(controlled ? { controls } : {}) });
      series.set(subject, points);
    }
  }
  return series;
}

function timeOf({ environment }: Report): number {
  const time = Date.parse(environment.startedAt);
  return Number.isFinite(time) ? time : 0;
}

async function filesAt(path: string, workspaceRoot: string): Promise<readonly string[]> {
  const full = isAbsolute(path) ? path : join(workspaceRoot, path);
  const kind = path === '' ? undefined : await lstat(full).catch(() => undefined);
  if (kind === undefined) throw driftErrors.create('bench/history-missing', { path: path || "''" });
  if (!kind.isDirectory()) return [full];
  const entries = await readdir(full, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
