import { join, posix } from 'node:path';
import type { Effects } from '../../kernel/effects.ts';
import { type AssayError, isAssayError } from '../../kernel/errors/assay-error.ts';
import { writeJsonAtomic } from '../../kernel/files/write-atomic.ts';
import { errorFinding } from '../../kernel/report/finding.ts';
import type { Report } from '../../kernel/report/schema.ts';
import { baselinePath } from '../baseline/file.ts';
import { openRepository } from '../inputs.ts';
import type { BenchRequest } from '../request.ts';
import { pattern } from '../settings/pattern.ts';
import type { BenchSettings } from '../settings/settings.ts';
import { DRIFT_DEFAULTS } from './against-release.ts';
import { baselineHistory } from './baseline-history.ts';
import { commitOrder } from './commit-order.ts';
import { judgeHistory, type SubjectHistory } from './history.ts';
import { joinHistories, type RecordedHistory } from './history-points.ts';
import { withHistory } from './history-report.ts';
import { reportsHistory, seriesOf } from './reports-history.ts';

/**
 * Looks along the recorded history of a project's benchmarks, today's figures at its end, and adds what it finds to
 * the Report; the points go into `history.json` beside it. It never fails a run: two sessions differ in more than the
 * code.
 *
 * @param folder of the results, relative to the workspace
 */
export async function lookBack(
  report: Report,
  request: BenchRequest,
  settings: BenchSettings,
  effects: Effects,
  folder: string,
): Promise<Report> {
  const controls = (settings.config.controls ?? []).map((source) =>
    pattern(source, 'controls of assay/bench.json'),
  );
  const isControl = (subject: string): boolean => controls.some((control) => control.test(subject));
  const file = baselinePath(request.project.root);
  const given = request.drift?.history;
  const margin = settings.drift?.margin ?? DRIFT_DEFAULTS.margin;
  try {
    const { at, prefix } = await openRepository(request.workspaceRoot, effects.run);
    const order = await commitOrder(at);
    const recorded: RecordedHistory[] = [
      await baselineHistory(at, posix.join(prefix, file), order, isControl),
    ];
    if (given !== undefined) {
      recorded.push(await reportsHistory(given, request.workspaceRoot, request.project.name, isControl));
    }
    const past = joinHistories(recorded, order);
    const series = new Map([...past.series].filter(([subject]) => !isControl(subject)));
    for (const [subject, today] of seriesOf([report], isControl)) {
      const before = series.get(subject);
      if (before) series.set(subject, [...before, ...today]);
    }
    const judged = judgeHistory({ ...past, series }, margin);
    const artifact = `${folder}/history.json`;
    if (judged.length > 0) await writeJsonAtomic(join(request.workspaceRoot, artifact), exhibitOf(judged));
    const ref = given === undefined ? file : `${file}, ${given}`;
    return withHistory(report, judged, past.notes, { ref, artifact, margin });
  } catch (error) {
    if (!isAssayError(error)) throw error;
    return withProblem(report, error, given === undefined ? 'warning' : 'error');
  }
}

/** The problem as a finding; one that is an error fails the Report. Pure. */
export function withProblem(report: Report, error: AssayError, severity: 'warning' | 'error'): Report {
  const findings = [...report.findings, errorFinding(report, error, severity)];
  return { ...report, findings, ...(severity === 'error' ? { verdict: 'failed' } : {}) };
}

/** Shape of the exhibit `series`. */
function exhibitOf(histories: readonly SubjectHistory[]) {
  return {
    schema: 'nx-assay/series@1',
    unit: 'ns/op',
    series: histories.map(({ subject, points, drift }) => ({
      subject,
      points: points.map(({ commit, time, value, interval, machine }) => ({
        ...{ commit, time: new Date(time).toISOString(), value, interval, machine },
      })),
      drift,
    })),
  };
}
