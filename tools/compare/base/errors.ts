import { defineErrors } from '../../kernel/errors/assay-error.ts';

export const baseErrors = defineErrors({
  'base/no-project': {
    message: (p: { project: string; commit: string }) =>
      `The project folder ${p.project || '.'} does not exist at the base ${p.commit.slice(0, 12)}, so there is nothing to compare with.`,
    remedy: () =>
      'A new or moved project has no verdict until it is in the base; to compare all the same, name a later base with --base=<ref>.',
  },
  'base/project-outside': {
    message: (p: { project: string; repo: string }) =>
      `The project folder ${p.project} does not belong to the git repository ${p.repo}.`,
    remedy: () =>
      'Run from the repository that holds the project; a project in a submodule is compared from inside it.',
  },
  'base/checkout-failed': {
    message: (p: { commit: string; detail: string }) =>
      `The base ${p.commit.slice(0, 12)} could not be checked out beside your tree: ${p.detail}.`,
    remedy: () =>
      'See that the disk that holds temporary files (TMPDIR) has room for one more checkout and that .git is writable.',
  },
  'base/overlay-escape': {
    message: (p: { file: string; reason: string }) =>
      `The benchmark file ${JSON.stringify(p.file)} cannot be copied onto the base: ${p.reason}.`,
    remedy: () =>
      'Keep benchmark files and their fixtures inside the project folder, without links that leave it.',
  },
  'base/overlay-missing': {
    message: (p: { file: string }) =>
      `The benchmark file ${JSON.stringify(p.file)} has vanished from the project.`,
    remedy: () => 'Run again once the files stand still.',
  },
});
