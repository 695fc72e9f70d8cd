import { describe, expect, it } from 'vitest';
import { detectCi } from './ci.ts';

describe('detectCi', () => {
  it.each([
    [{}, '', ''],
    [{ CI: 'true' }, 'ci', ''],
    [{ CI: 'false' }, '', ''],
    [{ CI: '1', GITHUB_ACTIONS: 'true', GITHUB_REF_NAME: 'main' }, 'github-actions', 'main'],
    [
      { GITHUB_ACTIONS: 'true', GITHUB_HEAD_REF: 'feat/x', GITHUB_REF_NAME: '7/merge' },
      'github-actions',
      'feat/x',
    ],
    [{ GITHUB_ACTIONS: 'true', GITHUB_HEAD_REF: '', GITHUB_REF_NAME: 'main' }, 'github-actions', 'main'],
    [{ GITLAB_CI: 'true', CI_COMMIT_REF_NAME: 'dev' }, 'gitlab-ci', 'dev'],
    [{ TF_BUILD: 'True', SYSTEM_PULLREQUEST_SOURCEBRANCH: 'refs/heads/a/b' }, 'azure-pipelines', 'a/b'],
    [{ BITBUCKET_BUILD_NUMBER: '12', BITBUCKET_BRANCH: 'dev' }, 'bitbucket', 'dev'],
    [{ JENKINS_URL: 'http://ci/', BRANCH_NAME: 'dev' }, 'jenkins', 'dev'],
  ])('%j: %s on %j', (env, name, branch) => {
    expect(detectCi(env)).toEqual({ name, branch });
  });
});
