import type { Effects } from '../../kernel/effects.ts';
import type { Report } from '../../kernel/report/schema.ts';
import {
  acceptedPath,
  authorOf,
  checkedReason,
  entryBoundText,
  entryFor,
  isStale,
  readAccepted,
  resolveSubject,
  withEntry,
  writeAccepted,
} from '../../kernel/waivers/index.ts';
import { concludeFrom } from '../report/assemble.ts';
import { acceptedFindings } from '../report/waivers.ts';
import type { BenchRequest } from '../request.ts';

/** Who accepts what, and why: all that can be known to be wrong before anything is measured. */
export interface Intent {
  readonly subject: string;
  readonly reason: string;
  readonly author: string;
}

/**
 * @throws AssayError `accepted/reason-missing`, `accepted/author-missing`, and those of `readAccepted`: a file that
 * cannot be read is not written over
 */
export async function intentOf(
  { workspaceRoot, project }: BenchRequest,
  asked: NonNullable<BenchRequest['accept']>,
  effects: Effects,
): Promise<Intent> {
  const reason = checkedReason(asked.subject, asked.reason);
  await readAccepted(workspaceRoot, project.root);
  const author = await authorOf(
    { cwd: workspaceRoot, run: effects.run, signal: effects.signal },
    effects.env,
  );
  return { subject: asked.subject, reason, author };
}

/**
 * Writes the entry that accepts what a Report says of a benchmark, without those that no longer apply.
 *
 * @param source of the bound, for people: `this run`, `the Report of …`
 * @returns the Report, judged again with the entry
 * @throws AssayError `accepted/unknown-subject`, `accepted/ambiguous-subject`, `accepted/not-regressed`, and those of
 * the file layer
 */
export async function acceptIn(
  report: Report,
  intent: Intent,
  source: string,
  { workspaceRoot, project }: BenchRequest,
  effects: Effects,
): Promise<Report> {
  const subject = resolveSubject(report.subjects, intent.subject);
  const { reason, author } = intent;
  const entry = entryFor(report, subject, { reason, author, now: effects.now() });
  const before = await readAccepted(workspaceRoot, project.root);
  const after = withEntry(before, entry, (old) => isStale(report, old));
  await writeAccepted(workspaceRoot, project.root, after);
  const file = acceptedPath(project.root);
  const left = before.accepted.filter((old) => isStale(report, old)).length;
  const without =
    left === 0 ? '' : `, and left out ${left} that no longer ${left === 1 ? 'applies' : 'apply'}`;
  effects.progress({
    text: `accepted ${subject.title} up to ${entryBoundText(entry)}, the far end of its interval in ${source}; wrote ${file}${without}; commit it`,
  });
  const findings = acceptedFindings(report, { entries: after.accepted, file, whole: false });
  return { ...report, ...concludeFrom({ ...report, findings }) };
}
