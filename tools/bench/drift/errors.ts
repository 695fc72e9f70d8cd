import { defineErrors } from '../../kernel/errors/assay-error.ts';

interface OfTag {
  pattern: string;
}

export const driftErrors = defineErrors({
  'bench/no-release-tag': {
    message: (p: OfTag & { others: readonly string[] }) =>
      p.others.length === 0
        ? `There is no release to compare with: this repository has no tag that matches '${p.pattern}', nor any other that head contains.`
        : `There is no release to compare with: no tag that head contains matches '${p.pattern}'. It contains ${p.others.slice(0, 3).join(', ')}${p.others.length > 3 ? ` and ${p.others.length - 3} more` : ''}.`,
    remedy: () =>
      'Fetch the tags (git fetch --tags), name another pattern with --drift=<pattern> or "drift": { "tag": … } in assay/policy.json, or tag a release.',
  },
  'bench/release-not-contained': {
    message: (p: OfTag) => `Head does not contain the release ${p.pattern}: the tag lies on another branch.`,
    remedy: () =>
      'Run on the branch that was released, name a tag of this branch with --drift=<pattern>, or compare with that one all the same: --base=<tag>.',
  },
  'bench/release-in-shallow-clone': {
    message: (p: OfTag) =>
      `This clone is shallow, and the newest commits that it holds have no tag that matches '${p.pattern}'.`,
    remedy: () =>
      'Fetch history and tags (git fetch --unshallow --tags; in GitHub Actions fetch-depth: 0 for actions/checkout).',
  },
  'bench/bad-tag-pattern': {
    message: (p: OfTag) => `${JSON.stringify(p.pattern)} cannot be a pattern of tags.`,
    remedy: () => "Write a glob of tags, such as --drift='v*' or --drift='pricing@*'.",
  },
  'bench/drift-options': {
    message: (p: { problem: string }) => `${p.problem} cannot be had in one run.`,
    remedy: () =>
      '--drift compares with the newest release tag and brings its own base; leave the other option out.',
  },
  'bench/history-missing': {
    message: (p: { path: string }) => `${p.path} of --history does not exist.`,
    remedy: () => 'Name a folder of Reports, or Reports by their paths, separated by commas.',
  },
  'bench/history-empty': {
    message: (p: { path: string; project: string; why: string }) =>
      `${p.path} holds no Report of the benchmarks of ${p.project}: ${p.why}.`,
    remedy: () =>
      'Keep report.json of each run (.assay/bench/<project>/report.json) under a name of its own.',
  },
});
