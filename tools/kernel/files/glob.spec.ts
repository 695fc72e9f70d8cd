import { describe, expect, it } from 'vitest';
import { globMatcher, globToRegExp } from './glob.ts';

describe('globToRegExp', () => {
  it.each([
    ['*.ts', 'a.ts', true],
    ['*.ts', 'a/b.ts', false],
    ['**/*.ts', 'b.ts', true],
    ['**/*.ts', 'a/.b/c.ts', true],
    ['a/**', 'a/b/c', true],
    ['a/**', 'a', false],
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/b/b/c', true],
    ['a/**/c', 'abc', false],
    ['*.{ts,mts}', 'a.mts', true],
    ['*.{ts,mts}', 'a.js', false],
    ['?.ts', 'ab.ts', false],
    ['[a-c].ts', 'b.ts', true],
    ['[!a-c].ts', 'b.ts', false],
    ['[!a].ts', '/.ts', false],
    ['a+(b).$1', 'a+(b).$1', true],
    ['a{b', 'a{b', true],
    ['a}b,c', 'a}b,c', true],
    ['*', 'line\nbreak', true],
    ['{a,b}/{c,d}.x', 'b/c.x', true],
  ])('%s on %j: %s', (glob, path, matches) => {
    expect(globToRegExp(glob).test(path)).toBe(matches);
  });
});

describe('globMatcher', () => {
  it('lets a later glob take out and in again', () => {
    const matches = globMatcher(['src/**', '!src/*.spec.ts', 'src/keep.spec.ts']);
    expect(['src/a.ts', 'src/a.spec.ts', 'src/keep.spec.ts', 'other.ts'].map(matches)).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(globMatcher([])('a')).toBe(false);
  });
});
