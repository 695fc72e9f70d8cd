import { defineErrors } from '../errors/assay-error.ts';

interface InFolder {
  cwd: string;
}
interface OfRef {
  ref: string;
}

export const gitErrors = defineErrors({
  'git/not-installed': {
    message: (p: { reason: string }) => `git could not be started: ${p.reason}.`,
    remedy: () => 'Install git 2.30 or later and see that it is on the PATH; the base is read with it.',
  },
  'git/not-a-repository': {
    message: (p: InFolder) => `${p.cwd} is not in a git repository, so there is no base to compare with.`,
    remedy: () => 'Run git init and commit, or measure without --base.',
  },
  'git/bare': {
    message: (p: InFolder) => `${p.cwd} is a bare git repository: it has no working tree to measure.`,
    remedy: () => 'Run in a clone or a worktree of it (git worktree add).',
  },
  'git/unsafe-owner': {
    message: (p: InFolder) => `git refuses to read ${p.cwd}, since the folder belongs to another user.`,
    remedy: (p: InFolder) =>
      `If you trust it: git config --global --add safe.directory ${JSON.stringify(p.cwd)}.`,
  },
  'git/no-commits': {
    message: (p: InFolder) =>
      `The repository of ${p.cwd} has no commit yet, so there is no base to compare with.`,
    remedy: () => 'Commit first, or measure without --base.',
  },
  'git/invalid-ref': {
    message: (p: OfRef) => `${JSON.stringify(p.ref)} cannot be the name of a commit, branch or tag.`,
    remedy: () => 'Name a commit, branch or tag, such as --base=origin/main or --base=HEAD~1.',
  },
  'git/no-such-ref': {
    message: (p: OfRef) => `The base '${p.ref}' is no commit, branch or tag of this repository.`,
    remedy: (p: OfRef & { remotes: readonly string[] }) => {
      const remote = p.remotes.find((name) => p.ref.startsWith(`${name}/`));
      return remote === undefined
        ? 'Check the spelling, fetch it (git fetch origin), or name another with --base=<ref>.'
        : `Fetch it (git fetch ${remote} ${p.ref.slice(remote.length + 1)}), or name another with --base=<ref>.`;
    },
  },
  'git/ambiguous-ref': {
    message: (p: OfRef) => `'${p.ref}' is the start of several commits' names.`,
    remedy: () => 'Give more digits of the commit, or the name of a branch or tag.',
  },
  'git/not-a-commit': {
    message: (p: OfRef) => `'${p.ref}' names a file or a folder of git's store, not a commit.`,
    remedy: () => 'Name a commit, branch or tag, such as --base=origin/main.',
  },
  'git/shallow': {
    message: (p: OfRef) =>
      `'${p.ref}' is not in this clone, which is shallow: it holds only the newest commits.`,
    remedy: () =>
      'Fetch the history (git fetch --unshallow; in GitHub Actions fetch-depth: 0 for actions/checkout), or name a commit that is there.',
  },
  'git/shallow-merge-base': {
    message: (p: { a: string; b: string }) =>
      `This clone is shallow and does not hold the commit where '${p.a}' and '${p.b}' part.`,
    remedy: () =>
      'Fetch the history (git fetch --unshallow; in GitHub Actions fetch-depth: 0 for actions/checkout), or name the base with --base=<ref>.',
  },
  'git/unrelated': {
    message: (p: { a: string; b: string }) => `'${p.a}' and '${p.b}' have no commit in common.`,
    remedy: () => 'Name a base from the history of this branch with --base=<ref>.',
  },
  'git/failed': {
    message: (p: { args: readonly string[]; detail: string }) =>
      `git ${p.args.map((arg) => (/^[\w./:=^~-]+$/.test(arg) ? arg : JSON.stringify(arg))).join(' ')} failed: ${p.detail}.`,
    remedy: () => 'Run that command by hand; if the repository is damaged, git fsck tells where.',
  },
});
