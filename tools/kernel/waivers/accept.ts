import type { Subject } from '../report/schema.ts';
import type { AcceptedEntry, Against } from './accepted-schema.ts';
import { contentOf, type Judged, worseningsOf } from './apply-accepted.ts';
import { boundOf } from './bounds.ts';
import { waiverErrors } from './errors.ts';

/** Who accepts, why and when. */
export interface Acceptance {
  readonly reason: string;
  readonly author: string;
  readonly now: Date;
}

/** What an entry may be against, the most telling first. */
const AGAINST: readonly Against[] = ['base', 'release', 'baseline', 'budget'];

/**
 * A reason as it is kept: one line.
 *
 * @throws AssayError `accepted/reason-missing`
 */
export function checkedReason(subject: string, reason: string): string {
  const line = reason.trim().replace(/\s+/g, ' ');
  if (line === '') throw waiverErrors.create('accepted/reason-missing', { subject });
  return line;
}

/**
 * The entry that accepts what a Report says of a subject, up to the far ends of the intervals just measured. Pure.
 *
 * @throws AssayError `accepted/not-regressed`, `accepted/reason-missing`
 */
export function entryFor(judged: Judged, subject: Subject, by: Acceptance): AcceptedEntry {
  const reason = checkedReason(subject.id, by.reason);
  for (const against of AGAINST) {
    const worsenings = worseningsOf(judged, subject.id, against);
    const base = contentOf(judged, against, subject.id);
    if (worsenings.length === 0 || base === undefined) continue;
    return {
      capability: judged.capability,
      subject: subject.id,
      against,
      base,
      bounds: worsenings.map(boundOf),
      reason,
      author: by.author,
      date: by.now.toISOString().slice(0, 10),
    };
  }
  const { id, verdict } = subject;
  throw waiverErrors.create('accepted/not-regressed', { subject: id, verdict });
}
