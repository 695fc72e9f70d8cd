import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { overlayOf } from './overlay.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay overlay '));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function lent(
  files: Readonly<Record<string, string>>,
  project = '.',
  ...benchmarks: string[]
): readonly string[] {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const found = Object.keys(files).filter((path) => path.includes('.bench.'));
  return overlayOf(join(root, project), benchmarks.length > 0 ? benchmarks : found).filter(
    (path) => !path.includes('.bench.'),
  );
}

const uses = (...paths: string[]): string => paths.map((path) => `import { x } from '${path}';\n`).join('');
const BENCH = 'src/bench/all.bench.ts';

describe('lent with the benchmarks', () => {
  it('is what they import in their own folder, and what that imports', () => {
    const files = {
      'bench/a.bench.ts': uses('./make.js', '../src/work.ts', 'vitest'),
      'bench/make.ts': uses('./inner/random'),
      'bench/inner/random.ts': '',
      'bench/unused.ts': '',
      'src/work.ts': uses('./deep'),
      'src/deep/index.ts': '',
    };
    expect(lent(files)).toEqual(['bench/inner/random.ts', 'bench/make.ts']);
  });

  it('is data of theirs: in folders of fixtures, or named', () => {
    const files = {
      'bench/a.bench.ts': "readFileSync(new URL('./input.txt', import.meta.url)); import './used.json'",
      'bench/input.txt': '',
      'bench/used.json': '',
      'bench/other.txt': '',
      'bench/data/deep/big.json': '',
      'bench/data/code.ts': '',
      'src/w.bench.ts': "readFileSync('./data/named.csv')",
      'src/fixtures/table.csv': '',
      'src/data/named.csv': '',
      'src/data/other.csv': '',
      'src/w.test.ts': "read('./fixtures/table.csv')",
    };
    expect(lent(files)).toEqual([
      'bench/data/deep/big.json',
      'bench/input.txt',
      'bench/used.json',
      'src/data/named.csv',
      'src/fixtures/table.csv',
    ]);
  });

  it('is a helper that other benchmarks, tests and configuration name too', () => {
    const files = {
      'bench/a.bench.ts': uses('./random.ts'),
      'bench/b.bench.ts': uses('./random.ts'),
      'bench/random.ts': '',
      'bench/random.test.ts': uses('./random.ts'),
      'bench/run.ts': uses('./random.ts'),
      'test/x.test.ts': uses('../bench/random.ts'),
      'vitest.config.ts': "include: ['./bench/**/*.ts', 'bench/**/*.ts']",
      'tsconfig.json': '{ "include": ["bench/**/*.ts", "bench/random.ts"], "files": [] }',
      'src/index.ts': `it's \`../\${name}\` and './bench.ts'`,
    };
    expect(lent(files, '.', 'bench/a.bench.ts')).toEqual(['bench/random.ts']);
  });
});

describe('not lent is code of the product in a folder named after benchmarks', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['imported by a source', { 'src/index.ts': uses('./bench/engine.ts') }],
    ['imported by its compiled name', { 'src/index.ts': uses('./bench/engine.js') }],
    ['required', { 'lib/index.cjs': "require('../src/bench/engine')" }],
    [
      'exported by a barrel in the folder',
      { 'src/index.ts': uses('./bench'), 'src/bench/index.ts': uses('./engine') },
    ],
    [
      'through another of its files',
      { 'src/a.ts': uses('./bench/b.js'), 'src/bench/b.ts': uses('./engine') },
    ],
    ['by an alias', { 'src/index.ts': uses('@/bench/engine') }],
    ['by a package-internal alias', { 'src/index.ts': uses('#src/bench/engine.js') }],
    ['by a template', { 'src/index.ts': `await import(\`./bench/\${name}.ts\`)` }],
    ['by a glob', { 'src/index.ts': "import.meta.glob('./**/*.ts')" }],
    ['by a page', { 'index.html': '<script type="module" src="/src/bench/engine.ts"></script>' }],
    ['an entry point', { 'package.json': '{"exports":{"./engine":{"default":"./src/bench/engine.ts"}}}' }],
    ['a built entry point', { 'package.json': '{"main":"dist/bench/engine.js"}' }],
    ['published by a pattern', { 'package.json': '{"exports":{"./*":"./dist/*.js"}}' }],
    [
      'a path alias',
      { 'tsconfig.json': '{"compilerOptions":{"paths":{"@acme/e":["src/bench/engine.ts"]}}}' },
    ],
    ['with an entry of its own there', { 'src/bench/main.ts': uses('./engine.ts') }],
    ['with a test of its own there', { 'src/bench/engine.test.ts': uses('./engine.ts') }],
  ])('%s', (_, files) => {
    expect(lent({ ...files, [BENCH]: uses('./engine.ts'), 'src/bench/engine.ts': '' })).toEqual([]);
  });

  it('what a benchmark beside it is named after, and what that imports', () => {
    const files = {
      'bench/engine.bench.ts': uses('./engine.ts', './parts.ts', './random.ts'),
      'bench/engine.ts': uses('./parts.ts'),
      'bench/parts.ts': '',
      'bench/random.ts': '',
    };
    expect(lent(files)).toEqual(['bench/random.ts']);
  });

  it('a path alias of the workspace leads to it', () => {
    const files = {
      'nx.json': '{}',
      'tsconfig.base.json': '{"compilerOptions":{"paths":{"@acme/e/*":["libs/e/src/bench/*"]}}}',
      'libs/e/src/bench/all.bench.ts': uses('./engine.ts'),
      'libs/e/src/bench/engine.ts': '',
    };
    expect(lent(files, 'libs/e', 'src/bench/all.bench.ts')).toEqual([]);
  });

  it('data that the product reads', () => {
    const files = {
      [BENCH]: "read('./fixtures/table.csv'); read('./fixtures/mine.csv'); import './rates.json'",
      'src/bench/fixtures/table.csv': '',
      'src/bench/fixtures/mine.csv': '',
      'src/bench/rates.json': '',
      'src/a.ts': "new URL('./bench/fixtures/table.csv', import.meta.url)",
      'src/b.ts': uses('./bench/rates.json'),
    };
    expect(lent(files)).toEqual(['src/bench/fixtures/mine.csv']);
  });
});
