import type { Git } from './git.ts';

/** What a run compares with. */
export type Base =
  | { readonly state: 'none' }
  | { readonly state: 'resolved'; readonly commit: string; readonly ref: string }
  | { readonly state: 'failed'; readonly ref: string; readonly reason: string };

export interface BaseRequest {
  readonly command: 'run' | 'run-many' | 'affected';
  /** Value of `--base`. */
  readonly option: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `defaultBase` of nx.json. */
  readonly defaultBase: string;
}

/**
 * Resolves the base: `--base`, else `NX_BASE`, else in CI the merge base of HEAD with the default branch.
 * What was named is taken as it is (a tag of a release is meant as such); only under `affected` it means the
 * merge base, since that is what Nx selects the projects by.
 */
export function resolveBase(request: BaseRequest, git: Git): Base {
  const named = request.option ?? nonEmpty(request.environment.NX_BASE);
  if (named !== undefined) return fromName(named, request.command === 'affected', git);
  if (!isContinuousIntegration(request.environment)) return { state: 'none' };
  return fromDefaultBranch(request.defaultBase, git);
}

function fromName(ref: string, asMergeBase: boolean, git: Git): Base {
  const commit = commitOf(ref, git);
  if (commit.state === 'failed') return { state: 'failed', ref, reason: missingRef(ref, commit.reason, git) };
  const merged = asMergeBase ? mergeBase(commit.output, git) : undefined;
  return { state: 'resolved', commit: merged ?? commit.output, ref };
}

/** The remote's branch first: a local one may be old on a machine that keeps its checkouts. */
function fromDefaultBranch(branch: string, git: Git): Base {
  const names = branch.startsWith('origin/') ? [branch] : [`origin/${branch}`, branch];
  let reason = '';
  for (const ref of names) {
    const commit = commitOf(ref, git);
    if (commit.state === 'failed') {
      reason = commit.reason;
      continue;
    }
    const merged = mergeBase(commit.output, git);
    if (merged !== undefined) return { state: 'resolved', commit: merged, ref };
    reason = `HEAD and ${ref} have no common commit in this clone`;
  }
  return { state: 'failed', ref: branch, reason: missingRef(branch, reason, git) };
}

/** `--end-of-options`: a ref that begins with a dash is a ref and no option. */
function commitOf(ref: string, git: Git) {
  const result = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  return result.state === 'ok' ? { ...result, output: result.output.trim() } : result;
}

function mergeBase(commit: string, git: Git): string | undefined {
  const result = git(['merge-base', commit, 'HEAD']);
  return result.state === 'ok' ? nonEmpty(result.output.trim()) : undefined;
}

/** What is wrong and what helps: the executor shows it as it is. */
function missingRef(ref: string, reason: string, git: Git): string {
  const inside = git(['rev-parse', '--is-shallow-repository']);
  if (inside.state === 'failed') return inside.reason;
  if (inside.output.trim() === 'true') {
    return `'${ref}' is not in this shallow clone; fetch the whole history (git fetch --unshallow, or fetch-depth: 0 in CI)`;
  }
  const detail = reason === '' || reason.startsWith('git ended') ? '' : `: ${reason}`;
  return `'${ref}' is no commit, branch or tag of this repository${detail}`;
}

function isContinuousIntegration(environment: Readonly<Record<string, string | undefined>>): boolean {
  if (environment.CI === 'false') return false;
  return services.some((name) => nonEmpty(environment[name]) !== undefined);
}

const services = [
  'CI',
  'TF_BUILD',
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'BUILDKITE',
  'CIRCLECI',
  'CIRRUS_CI',
  'TRAVIS',
  'CODEBUILD_BUILD_ID',
  'TEAMCITY_VERSION',
  'JENKINS_URL',
  'bamboo_buildKey',
];

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}
