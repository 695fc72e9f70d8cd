import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeProjectName, resultFolder, resultPath } from './project-folder.ts';

describe('escapeProjectName', () => {
  it.each([
    ['pricing', 'pricing'],
    ['@shop/pricing', '%40shop%2Fpricing'],
    ['a b', 'a%20b'],
    ['Shop', '^Shop'],
    ['..', '%2E%2E'],
    ['.', '%2E'],
    ['.hidden', '%2Ehidden'],
    ['ü', '%C3%BC'],
    ['a\nb', 'a%0Ab'],
    ['libs:core', 'libs%3Acore'],
    ['CON', '^C^O^N'],
  ])('%j becomes %s', (name, folder) => {
    expect(escapeProjectName(name)).toBe(folder);
  });

  it('is one safe folder name, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        expect(escapeProjectName(name)).toMatch(/^(?!\.)[A-Za-z0-9._^%-]{1,120}(?<!\.)$/);
      }),
    );
  });

  it('keeps different names apart, also on a disk that ignores case', () => {
    const names = ['a/b', 'a-b', 'a%2Fb', 'A/b', 'a/B', 'a.', 'a', '', '%', 'x'.repeat(200), 'x'.repeat(201)];
    const folders = names.map((name) => escapeProjectName(name).toLowerCase());
    expect(new Set(folders).size).toBe(names.length);
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
        fc.pre(a !== b);
        expect(escapeProjectName(a).toLowerCase()).not.toBe(escapeProjectName(b).toLowerCase());
      }),
    );
  });
});

describe('resultFolder', () => {
  it('is flat', () => {
    expect(resultFolder('bench', '@a/b')).toBe('.assay/bench/%40a%2Fb');
    expect(resultPath('/w s', 'bench', 'a')).toBe('/w s/.assay/bench/a');
  });
});
