import { defineErrors } from '../../kernel/errors/assay-error.ts';

export const typescriptErrors = defineErrors({
  'base/install-failed': {
    message: (p: { command: string; folder: string; how: string; output: string }) =>
      `The base has other third-party packages than head, and \`${p.command}\` in its checkout ${p.how}:\n${p.output}`,
    remedy: () =>
      'See that the lockfile of the base installs on this machine (check it out and run the command), or choose a newer base with --base=<ref>.',
  },
});
