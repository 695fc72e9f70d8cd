export { type Acceptance, checkedReason, entryFor } from './accept.ts';
export { acceptedPath, parseAccepted, readAccepted, withEntry, writeAccepted } from './accepted-file.ts';
export type { AcceptedBound, AcceptedEntry, AcceptedFile, Against } from './accepted-schema.ts';
export {
  type AcceptanceContext,
  applyAccepted,
  contentOf,
  isStale,
  type Judged,
  worseningsOf,
} from './apply-accepted.ts';
export { authorOf } from './author.ts';
export { entryBoundText } from './bounds.ts';
export { waiverErrors } from './errors.ts';
export { dayOf, hasExpired, isDay } from './expiry.ts';
export { resolveSubject } from './resolve-subject.ts';
