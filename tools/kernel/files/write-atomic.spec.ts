import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from './spec-scratch.ts';
import { writeAtomic, writeJsonAtomic } from './write-atomic.ts';

function folder(): string {
  return scratchFolder("write 'spec' \n");
}

function failWith(code: string) {
  return async (path: string): Promise<void> => {
    writeFileSync(path, 'half');
    throw Object.assign(new Error(`${code}: it went wrong`), { code });
  };
}

describe('writeAtomic', () => {
  it('writes, replaces, makes folders and leaves nothing else', async () => {
    const root = folder();
    const path = join(root, 'deep', 'er', 'a.txt');
    await writeAtomic(path, 'one');
    await writeAtomic(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(readdirSync(join(root, 'deep', 'er'))).toEqual(['a.txt']);
  });

  it.each([
    ['ENOSPC', 'files/disk-full'],
    ['EDQUOT', 'files/disk-full'],
    ['EIO', 'files/unwritable'],
  ])('keeps the old file and no half one on %s', async (errno, code) => {
    const root = folder();
    const path = join(root, 'a.json');
    writeFileSync(path, 'old');
    await expect(writeAtomic(path, 'new', failWith(errno))).rejects.toMatchObject({ code });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(root)).toEqual(['a.json']);
  });

  it('says so where a folder cannot be made', async () => {
    const root = folder();
    writeFileSync(join(root, 'file'), '');
    await expect(writeAtomic(join(root, 'file', 'a.txt'), '')).rejects.toMatchObject({
      code: 'files/unwritable',
      params: { path: join(root, 'file', 'a.txt') },
    });
  });

  it('replaces a link and does not write through it', async () => {
    const root = folder();
    writeFileSync(join(root, 'target'), 'precious');
    symlinkSync('target', join(root, 'link'));
    await writeAtomic(join(root, 'link'), 'new');
    expect(readFileSync(join(root, 'target'), 'utf8')).toBe('precious');
    expect(readFileSync(join(root, 'link'), 'utf8')).toBe('new');
  });

  it('survives writers of one file at a time: one of them wins whole', async () => {
    const path = join(folder(), 'a.txt');
    const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(100_000));
    await Promise.all(texts.map((text) => writeAtomic(path, text)));
    expect(texts).toContain(readFileSync(path, 'utf8'));
  });

  it('writes JSON as formatters want it', async () => {
    const path = join(folder(), 'a.json');
    await writeJsonAtomic(path, { a: [1] });
    expect(readFileSync(path, 'utf8')).toBe('{\n  "a": [\n    1\n  ]\n}\n');
  });
});
