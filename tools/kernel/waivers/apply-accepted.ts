import { type FindingContext, finding } from '../report/finding.ts';
import type { Finding, Report, Subject, Waiver } from '../report/schema.ts';
import type { AcceptedBound, AcceptedEntry, Against } from './accepted-schema.ts';
import {
  boundText,
  entryBoundText,
  type Standing,
  signedPercent,
  standingOf,
  type Worsening,
} from './bounds.ts';
import { gotWorse } from './resolve-subject.ts';

/** The parts of a Report that entries are set against. */
export type Judged = Pick<Report, 'capability' | 'project' | 'run' | 'subjects' | 'metrics' | 'findings'>;

export interface AcceptanceContext {
  /** Rule whose findings an entry waives, by what was compared with; entries against anything else say nothing. */
  readonly rules: Readonly<Partial<Record<Against, string>>>;
  /** Path of the file, relative to the workspace root. */
  readonly file: string;
  /** Every subject of the project is there: one that is not is gone. */
  readonly whole: boolean;
}

/**
 * Sets what a project has accepted against what was found. A finding within its bound gets a waiver; one beyond it
 * stays, and a second says so; and each entry of this capability is told of, so that none is forgotten. What was said
 * of entries before is replaced. Pure.
 *
 * @returns the findings of the Report, in place of those that it has
 */
export function applyAccepted(
  judged: Judged,
  entries: readonly AcceptedEntry[],
  context: AcceptanceContext,
): Finding[] {
  const { capability, project } = judged;
  let findings = withoutAccepted(judged);
  const said: Finding[] = [];
  for (const entry of entries) {
    if (entry.capability !== capability) continue;
    const standing = stand(entry, judged, context);
    if (standing.state === 'accepted') {
      const rule = context.rules[entry.against];
      findings = findings.map((one) =>
        one.subject === entry.subject && one.id === rule && one.severity === 'error'
          ? { ...one, waiver: waiverOf(entry) }
          : one,
      );
    }
    said.push(tell(entry, standing, { capability, project }, context.file));
  }
  return [...findings, ...said];
}

/**
 * What a subject was compared with: the content hash that an entry against it would record. Undefined where it was
 * compared with nothing of the kind.
 */
export function contentOf(judged: Judged, against: Against, subject: string): string | undefined {
  const comparison = judged.metrics
    .filter((metric) => metric.subject === subject)
    .flatMap(({ comparisons }) => comparisons)
    .find((one) => one.against === against && one.content !== undefined);
  return comparison?.content ?? (against === 'base' ? judged.run.baseContent : undefined);
}

/** Metrics of a subject that got worse against something. */
export function worseningsOf(judged: Judged, subject: string, against: Against): readonly Worsening[] {
  return judged.metrics
    .filter((metric) => metric.subject === subject)
    .flatMap((metric) =>
      metric.comparisons
        .filter((one) => one.against === against && (one.verdict === 'regressed' || one.verdict === 'over'))
        .map((comparison) => ({ metric, comparison })),
    );
}

/** True where an entry was written for another version of what is compared with: it never applies again. */
export function isStale(judged: Judged, entry: AcceptedEntry): boolean {
  if (entry.capability !== judged.capability) return false;
  const content = contentOf(judged, entry.against, entry.subject);
  return content !== undefined && content !== entry.base;
}

type EntryStanding =
  | { readonly state: 'stale'; readonly why: string }
  /** Nothing of the kind was compared, or this subject was not. */
  | { readonly state: 'silent' }
  /** It applies, and the subject did not get worse. */
  | { readonly state: 'idle'; readonly subject: Subject }
  | { readonly state: 'accepted'; readonly worsening: Worsening; readonly bound: AcceptedBound }
  | { readonly state: 'exceeded'; readonly worsening: Worsening; readonly standing: Standing };

function stand(entry: AcceptedEntry, judged: Judged, context: AcceptanceContext): EntryStanding {
  if (isStale(judged, entry)) {
    return {
      state: 'stale',
      why: `the ${entry.against} that it was written for has changed, as after a merge`,
    };
  }
  const subject = judged.subjects.find(({ id }) => id === entry.subject);
  if (subject === undefined) {
    return context.whole ? { state: 'stale', why: 'nothing has this name any more' } : { state: 'silent' };
  }
  if (contentOf(judged, entry.against, entry.subject) === undefined) return { state: 'silent' };
  const worsenings = worseningsOf(judged, entry.subject, entry.against);
  if (worsenings.length === 0 || !gotWorse(subject)) return { state: 'idle', subject };
  const standings = worsenings.map((worsening) => ({ worsening, standing: standingOf(worsening, entry) }));
  const exceeded = standings.find(({ standing }) => standing.state !== 'within');
  if (exceeded !== undefined) return { state: 'exceeded', ...exceeded };
  const shown = standings.find(({ worsening }) => subject.decidedBy.includes(worsening.metric.id));
  const { worsening, standing } = (shown ?? standings[0]) as (typeof standings)[number];
  return { state: 'accepted', worsening, bound: (standing as { bound: AcceptedBound }).bound };
}

function tell(entry: AcceptedEntry, standing: EntryStanding, context: FindingContext, file: string): Finding {
  const { capability } = context;
  const who = `${entry.author}, ${entry.date}: ${entry.reason.trim().replace(/\.$/, '')}`;
  const bound = entryBoundText(entry);
  const parts = { subject: entry.subject, location: { file }, evidence: { accepted: entry } };
  const undo = `To take it back, delete the entry from ${file}.`;
  switch (standing.state) {
    case 'stale':
      return finding(context, {
        ...parts,
        id: `${capability}/accepted-stale`,
        severity: 'info',
        message: `What was accepted of ${entry.subject}, up to ${bound}, no longer applies, since ${standing.why} (${who}).`,
        remedy: `Delete the entry from ${file}; the next --accept leaves it out as well.`,
      });
    case 'exceeded':
      return finding(context, {
        ...parts,
        id: `${capability}/accepted-exceeded`,
        severity: 'error',
        message: `${entry.subject} got worse by ${worseningText(standing.worsening)}, and ${standing.standing.state === 'unbounded' ? 'nothing of the kind is accepted' : `all of that interval is beyond the ${boundText(standing.standing.bound)} that is accepted`} (${who}).`,
        remedy: `Bring it back below the bound, or have the larger cost reviewed: --accept with a reason writes the entry anew.`,
      });
    case 'accepted':
      return finding(context, {
        ...parts,
        id: `${capability}/accepted`,
        severity: 'info',
        message: `${entry.subject} got worse by ${worseningText(standing.worsening)}, and up to ${boundText(standing.bound)} is accepted (${who}).`,
        remedy: `Nothing to do: it stops applying once the change is merged. ${undo}`,
      });
    case 'idle':
      return finding(context, {
        ...parts,
        id: `${capability}/accepted`,
        severity: 'info',
        message: `${entry.subject} is accepted up to ${bound}, and is ${standing.subject.verdict} in this run (${who}).`,
        remedy: `Nothing to do. ${undo}`,
      });
    case 'silent':
      return finding(context, {
        ...parts,
        id: `${capability}/accepted`,
        severity: 'info',
        message: `${entry.subject} is accepted up to ${bound} against the ${entry.against}, which this run did not compare it with (${who}).`,
        remedy: `Nothing to do. ${undo}`,
      });
  }
}

function worseningText({ metric, comparison: { change } }: Worsening): string {
  if (change === undefined) return `now ${metric.value} ${metric.unit}`;
  const [low, high] = change.interval.map((end) => signedPercent(end).replace(' %', ''));
  return `${signedPercent(change.ratio)} [${low}, ${high}]`;
}

function waiverOf({ reason, author, date, bounds }: AcceptedEntry): Waiver {
  return {
    kind: 'accepted',
    reason,
    owner: author,
    date,
    bounds: bounds.map(({ seen: _seen, witness: _witness, ...bound }) => bound),
  };
}

/** The findings as they were before anything accepted was looked at, or could not be accepted. */
function withoutAccepted({ capability, findings }: Judged): Finding[] {
  const ours = ['accepted', 'accepted-stale', 'accepted-exceeded'].map((rule) => `${capability}/${rule}`);
  return findings
    .filter(({ id }) => !ours.includes(id) && !id.startsWith('accepted/'))
    .map((one) => {
      if (one.waiver?.kind !== 'accepted') return one;
      const { waiver: _, ...rest } = one;
      return rest;
    });
}
