import { expect, it } from 'vitest';
import { baseRequest } from './base-request.ts';

it.each([
  ['main', { ASSAY_BASE: 'abc', NX_BASE: 'def' }, { state: 'ref', ref: 'main' }],
  [undefined, { ASSAY_BASE: 'abc', NX_BASE: 'def' }, { state: 'ref', ref: 'abc' }],
  [undefined, { ASSAY_BASE: '', NX_BASE: 'def' }, { state: 'ref', ref: 'def' }],
  [undefined, { ASSAY_BASE: '' }, { state: 'none' }],
  ['', {}, { state: 'none' }],
  [undefined, { ASSAY_BASE_ERROR: 'shallow', NX_BASE: 'x' }, { state: 'unresolved', reason: 'shallow' }],
] as const)('option %s with %j', (option, env, expected) => {
  expect(baseRequest(option, env)).toEqual(expected);
});
