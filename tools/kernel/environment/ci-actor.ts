type Env = Readonly<Record<string, string | undefined>>;

/** Where CI systems name who started a run, best first. */
const VARIABLES = [
  'GITHUB_ACTOR',
  'GITLAB_USER_LOGIN',
  'CIRCLE_USERNAME',
  'BUILDKITE_BUILD_AUTHOR',
  'BUILDKITE_BUILD_CREATOR',
  'BUILD_REQUESTEDFOR',
  'CHANGE_AUTHOR',
  'BUILD_USER_ID',
  'DRONE_COMMIT_AUTHOR',
] as const;

/** Whom the CI names as the one who started this run; empty where it names nobody. */
export function ciActor(env: Env): string {
  return VARIABLES.map((name) => env[name]?.trim()).find(Boolean) ?? '';
}
