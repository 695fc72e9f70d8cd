/** The CI system that runs us, and the branch as it names it. Both empty where there is none. */
export interface Ci {
  readonly name: string;
  /** CI checks out a detached HEAD, so that git itself knows no branch. */
  readonly branch: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Variable that gives it away, its name, and the variables that may hold the branch, best first. */
const SYSTEMS: readonly (readonly [string, string, readonly string[]])[] = [
  ['GITHUB_ACTIONS', 'github-actions', ['GITHUB_HEAD_REF', 'GITHUB_REF_NAME']],
  ['GITLAB_CI', 'gitlab-ci', ['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME', 'CI_COMMIT_REF_NAME']],
  ['CIRCLECI', 'circleci', ['CIRCLE_BRANCH']],
  ['BUILDKITE', 'buildkite', ['BUILDKITE_BRANCH']],
  ['TF_BUILD', 'azure-pipelines', ['SYSTEM_PULLREQUEST_SOURCEBRANCH', 'BUILD_SOURCEBRANCHNAME']],
  ['BITBUCKET_BUILD_NUMBER', 'bitbucket', ['BITBUCKET_BRANCH']],
  ['JENKINS_URL', 'jenkins', ['CHANGE_BRANCH', 'BRANCH_NAME']],
  ['TEAMCITY_VERSION', 'teamcity', []],
  ['DRONE', 'drone', ['DRONE_SOURCE_BRANCH', 'DRONE_BRANCH']],
  ['TRAVIS', 'travis', ['TRAVIS_PULL_REQUEST_BRANCH', 'TRAVIS_BRANCH']],
];

export function detectCi(env: Env): Ci {
  for (const [sign, name, branches] of SYSTEMS) {
    if (!isOn(env[sign])) continue;
    const branch = branches.map((variable) => env[variable]).find((value) => value) ?? '';
    return { name, branch: branch.replace(/^refs\/heads\//, '') };
  }
  return { name: isOn(env.CI) ? 'ci' : '', branch: '' };
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value.toLowerCase() !== 'false';
}
