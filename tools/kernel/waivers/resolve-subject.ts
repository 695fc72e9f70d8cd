import type { Subject } from '../report/schema.ts';
import { waiverErrors } from './errors.ts';

/** Verdicts that say that something got worse, and that can be accepted. */
export function gotWorse({ verdict }: Subject): boolean {
  return verdict === 'regressed' || verdict === 'over';
}

/**
 * The one subject that a user means by an id, a title or a regular expression over both. A regular expression is
 * looked for among what got worse first, since nothing else can be accepted. Pure.
 *
 * @throws AssayError `accepted/unknown-subject`, `accepted/ambiguous-subject`, both with the candidates
 */
export function resolveSubject(subjects: readonly Subject[], text: string): Subject {
  const worse = subjects.filter(gotWorse);
  const exact = subjects.find(({ id }) => id === text);
  if (exact !== undefined) return exact;
  const titled = subjects.filter(({ title }) => title === text);
  const matching = text === '' ? [] : subjects.filter(matcherOf(text));
  for (const found of [titled.filter(gotWorse), titled, matching.filter(gotWorse), matching]) {
    const [first, second] = found;
    if (first === undefined) continue;
    if (second === undefined) return first;
    throw waiverErrors.create('accepted/ambiguous-subject', {
      subject: text,
      candidates: found.map(({ id }) => id),
    });
  }
  const candidates = (worse.length > 0 ? worse : subjects).map(({ id }) => id);
  throw waiverErrors.create('accepted/unknown-subject', { subject: text, candidates });
}

/** What is no regular expression is looked for as it stands: a title may hold a lone bracket. */
function matcherOf(text: string): (subject: Subject) => boolean {
  try {
    const pattern = new RegExp(text, 'u');
    return ({ id, title }) => pattern.test(id) || pattern.test(title);
  } catch {
    return ({ id }) => id.includes(text);
  }
}
