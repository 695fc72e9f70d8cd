import { defineErrors } from '../../kernel/errors/assay-error.ts';

export const explainErrors = defineErrors({
  'bench/bisect-uncommitted': {
    message: (p: { files: readonly string[] }) =>
      `A bisection goes through commits, and ${p.files.length === 1 ? `${p.files[0]} is` : `${p.files.length} files (such as ${p.files[0]}) are`} not committed, so that the slower code may be in no commit at all.`,
    remedy: () => 'Commit first, or set the changes aside (git stash), and run again.',
  },
  'bench/explain-needs-base': {
    message: () =>
      '--explain looks between two commits, and this run compared with a baseline, which is of another session.',
    remedy: () => 'Name the commit to start from: --base=<ref>, or --drift for the last release.',
  },
  'bench/bisect-nothing': {
    message: () =>
      'No commit between base and head touches what the benchmarks run, so there is nothing to bisect.',
    remedy: () => 'Look for what is not in the repository: a toolchain, an installed package, a setup step.',
  },
});
