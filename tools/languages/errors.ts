import { defineErrors } from '../kernel/errors/assay-error.ts';

/** Errors that every language shares. */
export const languageErrors = defineErrors({
  'base/install-failed': {
    message: (p: { language: string; folder: string; command: string; why: string; output: string }) =>
      `The ${p.language} dependencies of the base could not be installed in ${p.folder}: '${p.command}' ${p.why}.` +
      (p.output === '' ? '' : `\n${p.output}`),
    remedy: (p: { command: string }) =>
      `The base pins other dependencies than the head, so it needs its own. Check out the base, run '${p.command}' there and mend what it says; or compare with one whose lockfile equals head's (--base=<ref>).`,
  },
});
