import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import vitest from './index.ts';

const options = { processTimeoutMs: 1000 };
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-discover-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
}

it('finds bench files by convention, sorted; not those of other projects, packages or builds', async () => {
  write('b.bench.ts', 'src/a b.bench.mjs', 'src/c.bench.tsx', 'src/bench.ts', 'src/x.bench.json');
  write(
    'node_modules/x/a.bench.js',
    'dist/a.bench.js',
    '.nx/a.bench.js',
    'inner/project.json',
    'inner/deep/a.bench.ts',
  );
  expect(await vitest.discover(root, options)).toEqual([
    'b.bench.ts',
    'src/a b.bench.mjs',
    'src/c.bench.tsx',
  ]);
});

it('takes globs instead of the convention, but nothing outside of the project', async () => {
  write('speed/a.ts', 'a.bench.ts', 'speed/b.ts');
  const files = ['speed/*.ts', '../**/*.bench.ts'];
  expect(await vitest.discover(root, { ...options, files })).toEqual(['speed/a.ts', 'speed/b.ts']);
});

it('lays over bench files, folders of benchmarks, and fixtures that they name', async () => {
  write(
    'bench/a.bench.ts',
    'bench/data/big.json',
    'src/fixtures/used.ts',
    'src/fixtures/other.ts',
    'src/work.ts',
  );
  writeFileSync(
    join(root, 'src/w.bench.ts'),
    "import './fixtures/used'; import './work.ts'; read('../../etc/fixtures/x')",
  );
  expect(await vitest.overlay(root, ['bench/a.bench.ts', 'src/w.bench.ts'])).toEqual([
    'bench/a.bench.ts',
    'bench/data/big.json',
    'src/fixtures/used.ts',
    'src/w.bench.ts',
  ]);
});
