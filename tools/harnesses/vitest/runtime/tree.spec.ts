import { describe, expect, it } from 'vitest';
import { fullName, isWithin, leavesOf, type Mode, newSuite, type Suite } from './tree.ts';

function suite(name: string, mode: Mode, children: Suite['children']): Suite {
  const made = newSuite(name, mode);
  made.children.push(...children);
  return made;
}

function bench(name: string, mode: Mode = 'run'): Suite['children'][number] {
  return { kind: 'bench', name, mode, fn: () => 1, options: {}, stack: undefined };
}

const resolved = (root: Suite) => leavesOf(root).map((leaf) => [leaf.fullName, leaf.skipped]);

describe('names', () => {
  it('join suites and do not repeat a test in its benchmark', () => {
    expect(fullName(['', 'a', 'b', 'b'])).toBe('a › b');
    expect(fullName(['a', 'b', 'a'])).toBe('a › b › a');
  });

  it('are inside of a name by whole parts', () => {
    expect(isWithin('a › b', 'a')).toBe(true);
    expect(isWithin('a', 'a')).toBe(true);
    expect(isWithin('ab › c', 'a')).toBe(false);
  });
});

describe('what runs', () => {
  it('is everything that is not skipped, to do, or without a body', () => {
    const empty = { kind: 'test', name: 'c', mode: 'run', body: undefined, stack: undefined } as const;
    const root = suite('', 'run', [suite('s', 'skip', [bench('a')]), bench('b', 'todo'), empty, bench('d')]);
    expect(resolved(root)).toEqual([
      ['s › a', 'marked `skip`'],
      ['b', 'marked `todo`'],
      ['c', 'has no body'],
      ['d', undefined],
    ]);
  });

  it('is only what is marked `only`: a whole suite, or the marked ones in it', () => {
    const other = 'another one of the file is marked `only`';
    const root = suite('', 'run', [
      bench('a'),
      suite('s', 'only', [bench('b'), bench('c')]),
      suite('t', 'only', [bench('d', 'only'), bench('e')]),
      suite('u', 'run', [bench('f', 'only'), bench('g', 'skip')]),
    ]);
    expect(resolved(root)).toEqual([
      ['a', other],
      ['s › b', undefined],
      ['s › c', undefined],
      ['t › d', undefined],
      ['t › e', other],
      ['u › f', undefined],
      ['u › g', 'marked `skip`'],
    ]);
  });
});
