import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reusablePlan } from './plan-cache.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-plan-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reuse(stored: string, key: string, states: Record<string, string>) {
  const path = join(folder, 'plan.json');
  writeFileSync(path, stored);
  return reusablePlan(path, key, (file) => states[file] ?? '');
}

const plan = {
  key: 'k',
  reads: [['a/go.mod', '1']],
  warnings: ['w'],
  nodes: [['a/go.mod', { projects: {} }]],
};

describe('reusablePlan', () => {
  it('is the stored plan where nothing that was read has changed', () => {
    expect(reuse(JSON.stringify(plan), 'k', { 'a/go.mod': '1', 'b/go.mod': '7' })).toEqual(plan);
  });

  it.each([
    ['another key', JSON.stringify(plan), 'l', { 'a/go.mod': '1' }],
    ['a changed file', JSON.stringify(plan), 'k', { 'a/go.mod': '2' }],
    ['a file that is gone', JSON.stringify(plan), 'k', {}],
    ['a damaged cache', '{"key":"k"', 'k', {}],
    ['a cache of another shape', '{"key":"k"}', 'k', {}],
  ])('is none with %s', (_, stored, key, states) => {
    expect(reuse(stored, key, states as Record<string, string>)).toBeUndefined();
  });
});
