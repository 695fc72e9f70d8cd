import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseJson, readJson, readText } from './read-json.ts';
import { scratchFolder } from './spec-scratch.ts';

const root = scratchFolder('read spec');

describe('readJson', () => {
  it('reads, also behind a byte order mark', async () => {
    writeFileSync(join(root, 'bom.json'), '\uFEFF{"a":1}');
    expect(await readJson(join(root, 'bom.json'))).toEqual({ a: 1 });
  });

  it('says that a file is missing', async () => {
    const path = join(root, 'nope.json');
    await expect(readJson(path)).rejects.toMatchObject({ code: 'files/missing', params: { path } });
    await expect(readJson(join(root, 'bom.json', 'inner'))).rejects.toMatchObject({ code: 'files/missing' });
  });

  it('refuses a folder', async () => {
    await expect(readJson(root)).rejects.toMatchObject({ code: 'files/unreadable' });
  });

  it('reads no more than the limit', async () => {
    writeFileSync(join(root, 'ten.txt'), '0123456789');
    expect(await readText(join(root, 'ten.txt'), 10)).toBe('0123456789');
    await expect(readText(join(root, 'ten.txt'), 9)).rejects.toMatchObject({
      code: 'files/too-large',
      params: { bytes: 10, limit: 9 },
    });
  });
});

describe('parseJson', () => {
  it.each([
    ['a missing value', '{\n  "a": 1,\n  "b": }\n', 3, 8],
    ['a trailing comma', '{\n  "a": 1,\n}', 3, 1],
    ['a text that just ends', '{\n  "a": [1,\n', 3, 1],
    ['nothing at all', '', 1, 1],
    ['something else', '<html>', 1, 1],
    ['a bad token far into a long line', `{"a": "${'x'.repeat(200)}", b: 1}`, 1, 211],
    ['a raw line break in a string', '{"a": "x\ny"}', 1, 9],
  ])('tells the place of %s', (_, text, line, column) => {
    expect(() => parseJson(text, 'f.json')).toThrowError(
      expect.objectContaining({ code: 'files/malformed', params: expect.objectContaining({ line, column }) }),
    );
  });

  it('recognises conflict markers, and where they begin', () => {
    const text = '{\n<<<<<<< HEAD\n  "a": 1\n=======\n  "a": 2\n>>>>>>> main\n}\n';
    expect(() => parseJson(text, 'f.json')).toThrowError(
      expect.objectContaining({ code: 'files/conflict-markers', params: { path: 'f.json', line: 2 } }),
    );
  });

  it('does not take equal signs inside a valid text for a conflict', () => {
    expect(parseJson('{"a": "======="}', 'f.json')).toEqual({ a: '=======' });
  });
});
