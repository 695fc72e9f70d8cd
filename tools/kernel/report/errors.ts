import { defineErrors } from '../errors/assay-error.ts';

export const reportErrors = defineErrors({
  'report/not-a-report': {
    message: (p: { path: string }) => `${p.path} is not a Report of nx-assay: it has no 'schema' field.`,
    remedy: () => 'Give the path of a report.json that a target of nx-assay wrote below .assay/.',
  },
  'report/unknown-version': {
    message: (p: { path: string; found: string; known: string }) =>
      `${p.path} is written in ${JSON.stringify(p.found)}, and this version of nx-assay reads ${p.known}.`,
    remedy: () => 'Use the version of nx-assay that wrote it, or run the target again with this one.',
  },
  'report/invalid': {
    message: (p: { path: string; problems: readonly string[] }) =>
      `${p.path} does not hold what its schema promises: ${p.problems.join('; ')}.`,
    remedy: () => 'Run the target again; a Report is written by the tool alone and never edited.',
  },
  'report/refused': {
    message: (p: { problems: readonly string[] }) =>
      `A Report was not written, since it breaks its own schema: ${p.problems.join('; ')}.`,
    remedy: () => 'This is a mistake in nx-assay: please report it with this message.',
  },
});
