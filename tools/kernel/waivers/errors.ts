import { defineErrors } from '../errors/assay-error.ts';

const SHOWN = 10;

/** `a, b and 3 more`, each in quotes. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => `'${name}'`);
  return names.length > SHOWN ? `${shown.join(', ')} and ${names.length - SHOWN} more` : shown.join(', ');
}

export const waiverErrors = defineErrors({
  'accepted/invalid': {
    message: (p: { file: string; problems: readonly string[] }) =>
      `${p.file} does not fit its schema: ${p.problems.join('; ')}.`,
    remedy: () =>
      'Correct the field, or delete the entry and write it anew with --accept=<benchmark> --reason=<why>; the schema is node_modules/nx-assay/schemas/accepted.schema.json.',
  },
  'accepted/duplicate': {
    message: (p: { file: string; subject: string; against: string; capability: string }) =>
      `${p.file} has two entries of ${p.capability} for '${p.subject}' against the ${p.against}, so that it is not clear which bound holds.`,
    remedy: () => 'Delete one of them.',
  },
  'accepted/reason-missing': {
    message: (p: { subject: string }) => `'${p.subject}' cannot be accepted without a reason.`,
    remedy: () =>
      "Say why the cost is worth it: --reason='…'. Reviewers and later readers see it in every run.",
  },
  'accepted/author-missing': {
    message: () =>
      'It is not known who accepts: git has no user.name and user.email, and no CI names an actor.',
    remedy: () =>
      "Tell git who you are: git config user.name 'Your Name' and git config user.email you@example.com.",
  },
  'accepted/unknown-subject': {
    message: (p: { subject: string; candidates: readonly string[] }) =>
      p.candidates.length === 0
        ? `Nothing here is called '${p.subject}', and nothing got worse.`
        : `Nothing here is called '${p.subject}'. There are ${listed(p.candidates)}.`,
    remedy: () => 'Give a title, an id, or a regular expression that one of them alone matches.',
  },
  'accepted/ambiguous-subject': {
    message: (p: { subject: string; candidates: readonly string[] }) =>
      `'${p.subject}' can mean ${p.candidates.length} of them: ${listed(p.candidates)}.`,
    remedy: () => 'Give the whole title or id of one, and accept one after the other.',
  },
  'accepted/not-regressed': {
    message: (p: { subject: string; verdict: string }) =>
      `'${p.subject}' is ${p.verdict}: there is no regression to accept.`,
    remedy: () =>
      'Nothing to do where it passes. Where it is inconclusive, run again until it is decided; where it failed, mend it or put it into quarantine.',
  },
  'accepted/options': {
    message: (p: { problem: string }) => `These options do not go together: ${p.problem}.`,
    remedy: () =>
      "Accept with --accept=<benchmark> --reason='…', and with --base=<ref> or --filter=<regex> where needed.",
  },
});
