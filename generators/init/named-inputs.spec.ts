import { describe, expect, it } from 'vitest';
import { leaveAssayOut } from './named-inputs.ts';

const out = '!{projectRoot}/assay/**';

describe('leaveAssayOut', () => {
  it.each([
    ['creates default', undefined, { default: ['{projectRoot}/**/*', out] }],
    [
      'leaves production alone where it builds on default',
      { production: ['default', '!{projectRoot}/**/*.spec.ts'] },
      { production: ['default', '!{projectRoot}/**/*.spec.ts'], default: ['{projectRoot}/**/*', out] },
    ],
    [
      'sees an exclusion behind two names',
      { default: ['a'], a: ['b'], b: [out] },
      { default: ['a'], a: ['b'], b: [out] },
    ],
    [
      'sees an exclusion in object form',
      { default: [{ fileset: out }, { env: 'X' }] },
      { default: [{ fileset: out }, { env: 'X' }] },
    ],
    ['is not caught by a cycle', { default: ['a'], a: ['default'] }, { default: ['a', out], a: ['default'] }],
  ])('%s', (_, inputs, expected) => {
    expect(leaveAssayOut(inputs)).toEqual(expected);
  });
});
