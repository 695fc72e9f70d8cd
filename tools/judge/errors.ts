import { defineErrors } from '../kernel/errors/assay-error.ts';

interface BothFiles {
  base: string;
  head: string;
}

export const judgeErrors = defineErrors({
  'judge/usage': {
    message: (p: { problem: string }) => `The recordings to judge are not named: ${p.problem}.`,
    remedy: () => 'Give both: --base=<file> --head=<file>.',
  },
  'judge/config-invalid': {
    message: (p: { file: string; problems: string }) => `${p.file} does not fit its schema: ${p.problems}.`,
    remedy: () => 'Correct the field; docs/reference/judge.md lists every one.',
  },
  'judge/bad-pattern': {
    message: (p: { pattern: string; where: string; reason: string }) =>
      `'${p.pattern}' in ${p.where} is not a regular expression: ${p.reason}.`,
    remedy: () => 'Write a JavaScript regular expression, without slashes around it.',
  },
  'judge/different-formats': {
    message: (p: BothFiles & { baseFormat: string; headFormat: string }) =>
      `${p.base} was written by ${p.baseFormat} and ${p.head} by ${p.headFormat}: two tools measure differently, and their figures cannot be set against each other.`,
    remedy: () => 'Record both versions with the same tool and the same settings.',
  },
  'judge/different-units': {
    message: (p: { benchmark: string; base: string; head: string }) =>
      `${p.benchmark} is given in ${p.base} by the base and in ${p.head} by head: these are different figures.`,
    remedy: () => 'Record both versions with the same settings (mode, unit).',
  },
});
