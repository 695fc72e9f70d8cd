import type { Effects } from '../../kernel/effects.ts';
import type { Report, Subject } from '../../kernel/report/schema.ts';
import { dayOf, resolveSubject, waiverErrors } from '../../kernel/waivers/index.ts';
import { publishReport } from '../../task/publish.ts';
import { listAll } from '../list.ts';
import { type PreparedRun, prepareRun } from '../prepare-run.ts';
import type { BenchRequest } from '../request.ts';
import { requestedSettings } from '../settings/requested.ts';
import { acceptIn, intentOf } from './accept.ts';
import { reportOfPair } from './report-of-pair.ts';

type Done = Awaited<ReturnType<typeof publishReport>>;

/**
 * Accepts a regression: by the last Report where it is of this very pair, else by measuring the benchmarks that can
 * be meant.
 *
 * @param measure runs a bench task, and lets its Report be revised before it is written
 * @throws AssayError for what is wrong with the wish itself, before anything is measured or written
 */
export async function acceptTask(
  request: BenchRequest,
  asked: NonNullable<BenchRequest['accept']>,
  effects: Effects,
  measure: (request: BenchRequest, revise: (report: Report) => Promise<Report>) => Promise<Done>,
): Promise<Done> {
  const intent = await intentOf(request, asked, effects);
  const settings = await requestedSettings(request);
  const run = await prepareRun(request, effects, settings);
  const seen = await reportOfPair(request, run, dayOf(effects.now()));
  if (seen !== undefined && names(seen.subjects, intent.subject)) {
    const source = `the Report of ${seen.environment.startedAt.slice(0, 16).replace('T', ' ')} UTC`;
    const report = await acceptIn(seen, intent, source, request, effects);
    return publishReport(request.workspaceRoot, report);
  }
  const meant = await filterFor(intent.subject, request, effects, run);
  const filter = request.filter ?? meant;
  return measure({ ...request, filter }, (report) => acceptIn(report, intent, 'this run', request, effects));
}

/**
 * What to measure where one benchmark is to be accepted: those that can be meant, and no others.
 *
 * @throws AssayError `accepted/unknown-subject` where there is none, so that a typing error costs no measuring
 */
async function filterFor(
  text: string,
  request: BenchRequest,
  effects: Effects,
  run: PreparedRun,
): Promise<string> {
  const listed = await listAll(request, effects, run);
  const subjects = listed.map(({ id }): Subject => {
    const title = id.slice(id.indexOf(' › ') + 1).replace(/^› /, '');
    return { id, title, verdict: 'measured', decidedBy: [] };
  });
  const meant = subjects.filter((one) => names([one], text)).map(({ id }) => id);
  if (meant.length === 0) {
    const candidates = subjects.map(({ id }) => id);
    throw waiverErrors.create('accepted/unknown-subject', { subject: text, candidates });
  }
  return `^(?:${meant.map((id) => id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})$`;
}

/** Whether a text names anything among these, be it several. */
function names(subjects: Report['subjects'], text: string): boolean {
  try {
    resolveSubject(subjects, text);
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== 'accepted/unknown-subject';
  }
}
