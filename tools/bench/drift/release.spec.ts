import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { removeRepositories, repository } from './fixtures/repository.ts';
import { newestRelease } from './release.ts';

afterAll(removeRepositories);

const code = (name: string) => expect.objectContaining({ code: `bench/${name}` });

describe('the newest release', () => {
  it('is the nearest tag that matches, by commits and not by dates', async () => {
    const repo = repository();
    const first = repo.commit({ a: '1' }, 'one', '2030-01-01T00:00:00Z');
    repo.git('tag', 'v1.0.0');
    const second = repo.commit({ a: '2' }, 'two', '2001-01-01T00:00:00Z');
    repo.git('tag', '-a', 'v1.1.0', '-m', 'annotated');
    repo.commit({ a: '3' });
    repo.git('tag', 'pricing@2');
    repo.commit({ a: '4' });
    expect(await newestRelease(repo.at, 'v*', false)).toEqual({ tag: 'v1.1.0', commit: second, behind: 2 });
    expect(await newestRelease(repo.at, 'v1.0.*', false)).toEqual({
      tag: 'v1.0.0',
      commit: first,
      behind: 3,
    });
    expect(await newestRelease(repo.at, 'pricing@*', false)).toMatchObject({ tag: 'pricing@2', behind: 1 });
  });

  it('on head itself is the one being made: the one before counts, but for a changed tree', async () => {
    const repo = repository();
    repo.commit({ a: '1' });
    repo.git('tag', 'v1');
    repo.commit({ a: '2' });
    repo.git('tag', 'v2');
    expect((await newestRelease(repo.at, 'v*', false)).tag).toBe('v1');
    expect((await newestRelease(repo.at, 'v*', true)).tag).toBe('v2');
  });

  it('that does not exist, is elsewhere, or cannot be named, is an error that says which', async () => {
    const repo = repository();
    repo.commit({ a: '1' });
    await expect(newestRelease(repo.at, 'v*', false)).rejects.toThrow(code('no-release-tag'));
    repo.git('tag', 'other');
    repo.git('checkout', '-q', '-b', 'side');
    repo.commit({ a: '2' });
    repo.git('tag', 'v9');
    repo.git('checkout', '-q', 'main');
    repo.commit({ b: '2' });
    await expect(newestRelease(repo.at, 'v*', false)).rejects.toThrow(
      expect.objectContaining({ message: expect.stringContaining('It contains other') }),
    );
    await expect(newestRelease(repo.at, 'v9', false)).rejects.toThrow(code('release-not-contained'));
    for (const bad of ['', '-d', 'a b', 'a\nb']) {
      await expect(newestRelease(repo.at, bad, false)).rejects.toThrow(code('bad-tag-pattern'));
    }
  });

  it('beyond the cut of a shallow clone is an error of its own', async () => {
    const repo = repository();
    repo.commit({ a: '1' });
    repo.git('tag', 'v1');
    repo.commit({ a: '2' });
    const clone = join(repo.folder, 'shallow');
    repo.git('clone', '-q', '--depth=1', `file://${repo.root}`, clone);
    await expect(newestRelease({ ...repo.at, cwd: clone }, 'v*', false)).rejects.toThrow(
      code('release-in-shallow-clone'),
    );
  });
});
