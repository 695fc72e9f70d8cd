import { mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { factReader, fileState } from './fact-cache.ts';

let root: string;
let cache: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-facts-'));
  cache = join(root, 'deep/er/cache.json');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const reader = () => factReader(root, cache, fileState(root), { toml: parse, yaml: JSON.parse });
const put = (file: string, text: string) => writeFileSync(join(root, file), text);

describe('factReader', () => {
  it('draws facts from the cache for as long as a file stays the same', () => {
    put('project.json', '{"name":"a"}');
    const first = reader();
    expect(first.read('project', 'project.json')).toMatchObject({ state: 'read', facts: { name: 'a' } });
    first.save();
    const marked = readFileSync(cache, 'utf8').replace('"name":"a"', '"name":"from the cache"');
    writeFileSync(cache, marked);
    expect(reader().read('project', 'project.json')).toMatchObject({ facts: { name: 'from the cache' } });
    put('project.json', '{"name":"b"}');
    utimesSync(join(root, 'project.json'), 1, 1);
    expect(reader().read('project', 'project.json')).toMatchObject({ facts: { name: 'b' } });
  });

  it('forgets what is no longer read', () => {
    put('a.json', '{}');
    put('b.json', '{}');
    const both = reader();
    both.read('project', 'a.json');
    both.read('project', 'b.json');
    both.save();
    const one = reader();
    one.read('project', 'a.json');
    one.save();
    expect(readFileSync(cache, 'utf8')).not.toContain('b.json');
  });

  it.each([
    '',
    '{',
    '{"version":0,"entries":[["project:a.json",["x",{}]]]}',
    '[]',
    '{"version":2,"entries":3}',
  ])('works without a usable cache: %j', (text) => {
    const first = reader();
    put('a.json', '{"name":"a"}');
    first.read('project', 'a.json');
    first.save();
    writeFileSync(cache, text);
    expect(reader().read('project', 'a.json')).toMatchObject({ facts: { name: 'a' } });
  });

  it('gives reasons for what cannot be read', () => {
    put('conflict.toml', '<<<<<<< HEAD\nname = "a"\n=======\n>>>>>>> b\n');
    put('broken.json', '{"name":\n"a"');
    put('large.json', `{"a":"${'x'.repeat(5 * 1024 * 1024)}"}`);
    symlinkSync('loop', join(root, 'loop'));
    const reasons = (
      [
        ['pyproject', 'conflict.toml'],
        ['project', 'broken.json'],
        ['package', 'large.json'],
        ['gomod', 'loop'],
        ['gomod', 'deep'],
        ['gomod', 'missing'],
      ] as const
    ).map(([kind, file]) => {
      const read = reader().read(kind, file);
      return read.state === 'failed' ? read.reason : 'read';
    });
    expect(reasons).toEqual([
      'it holds conflict markers',
      expect.stringMatching(/JSON/),
      'the file is larger than 4 MiB',
      expect.stringMatching(/^ELOOP/),
      expect.stringMatching(/^E/),
      expect.stringMatching(/^ENOENT/),
    ]);
  });

  it('reads the beginning of a large test file', () => {
    put('x_test.go', `package x\n\nfunc BenchmarkX(b *testing.B) {}\n//${' '.repeat(5 * 1024 * 1024)}`);
    expect(reader().read('gobench', 'x_test.go')).toEqual({ state: 'read', facts: true });
  });

  it('does not mind a cache that cannot be written', () => {
    put('deep', 'a file where the folder should be');
    const blocked = reader();
    blocked.read('gomod', 'deep');
    expect(() => blocked.save()).not.toThrow();
  });
});
