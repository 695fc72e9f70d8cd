import { describe, expect, it } from 'vitest';
import { resolveBase } from './base.ts';
import type { Git } from './git.ts';

/** A git that knows some refs, and whose HEAD branched off at `fork`. */
function fakeGit(refs: Record<string, string>, { shallow = false, mergeBase = 'fork' } = {}): Git {
  return (args) => {
    if (args[0] === 'merge-base')
      return mergeBase === '' ? failed : { state: 'ok', output: `${mergeBase}\n` };
    if (args.includes('--is-shallow-repository')) return { state: 'ok', output: `${shallow}\n` };
    const commit = refs[(args.at(-1) as string).replace('^{commit}', '')];
    return commit === undefined ? failed : { state: 'ok', output: `${commit}\n` };
  };
}

const failed = { state: 'failed', reason: 'git ended with code 1' } as const;
const request = { command: 'run', option: undefined, environment: {}, defaultBase: 'main' } as const;

describe('resolveBase', () => {
  it('takes the option, then NX_BASE, as they are', () => {
    const git = fakeGit({ v1: 'aaa', 'HEAD~1': 'bbb' });
    expect(resolveBase({ ...request, option: 'v1', environment: { NX_BASE: 'HEAD~1' } }, git)).toEqual({
      state: 'resolved',
      commit: 'aaa',
      ref: 'v1',
    });
    expect(resolveBase({ ...request, environment: { NX_BASE: 'HEAD~1', CI: '1' } }, git)).toEqual({
      state: 'resolved',
      commit: 'bbb',
      ref: 'HEAD~1',
    });
  });

  it('means the merge base under affected, as Nx does', () => {
    const git = fakeGit({ main: 'tip' });
    expect(resolveBase({ ...request, command: 'affected', option: 'main' }, git)).toMatchObject({
      commit: 'fork',
    });
  });

  it("takes the merge base with the remote's default branch in CI, and nothing elsewhere", () => {
    const git = fakeGit({ 'origin/main': 'tip', main: 'old' });
    expect(resolveBase({ ...request, environment: { CI: 'true' } }, git)).toEqual({
      state: 'resolved',
      commit: 'fork',
      ref: 'origin/main',
    });
    expect(
      resolveBase({ ...request, environment: { GITLAB_CI: '1' } }, fakeGit({ main: 'x' })),
    ).toMatchObject({
      ref: 'main',
    });
    expect(resolveBase(request, git)).toEqual({ state: 'none' });
    expect(resolveBase({ ...request, environment: { CI: 'false', GITHUB_ACTIONS: 'true' } }, git)).toEqual({
      state: 'none',
    });
  });

  it.each([
    [{ shallow: true }, /shallow clone; fetch the whole history/],
    [{}, /'nope' is no commit, branch or tag/],
  ])('says why a base cannot be had: %j', (state, reason) => {
    expect(resolveBase({ ...request, option: 'nope' }, fakeGit({}, state))).toMatchObject({
      state: 'failed',
      ref: 'nope',
      reason: expect.stringMatching(reason),
    });
  });

  it('says what git says where there is no git', () => {
    const git: Git = () => ({ state: 'failed', reason: 'git is not installed' });
    expect(resolveBase({ ...request, option: 'main' }, git)).toEqual({
      state: 'failed',
      ref: 'main',
      reason: 'git is not installed',
    });
  });

  it('reports histories without a common commit', () => {
    const git = fakeGit({ main: 'x' }, { mergeBase: '' });
    expect(resolveBase({ ...request, environment: { CI: '1' } }, git)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('no common commit'),
    });
  });
});
