import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discoverBenchmarkFiles } from './discover.ts';
import { staleTestSources, testSources } from './test-sources.ts';

const bench = 'package x\n\nimport "testing"\n\nfunc BenchmarkX(b *testing.B) {}\n';
const target = { os: 'linux', arch: 'amd64', tags: [] };
let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay go '));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

describe('discoverBenchmarkFiles', () => {
  it('takes the project and neither others nor what go ignores', async () => {
    write({
      'go.mod': 'module x\n',
      'b_test.go': bench,
      'deep/er/a b_test.go': bench,
      'deep/unit_test.go': 'package x\nfunc TestX(t *testing.T) {}\n',
      'deep/bench.go': bench,
      'only_windows_test.go': bench,
      'vendor/v/v_test.go': bench,
      'testdata/t_test.go': bench,
      'node_modules/n/n_test.go': bench,
      '_old/o_test.go': bench,
      '.hidden/h_test.go': bench,
      'module/go.mod': 'module y\n',
      'module/m_test.go': bench,
      'project/project.json': '{}',
      'project/p_test.go': bench,
    });
    symlinkSync('nowhere', join(root, 'dangling_test.go'));
    expect(await discoverBenchmarkFiles(root, undefined, target)).toEqual([
      'b_test.go',
      'deep/er/a b_test.go',
    ]);
  });

  it('narrows to the globs asked for', async () => {
    write({ 'a_test.go': bench, 'in/b_test.go': bench });
    expect(await discoverBenchmarkFiles(root, ['in/**/*_test.go'], target)).toEqual(['in/b_test.go']);
  });
});

describe('testSources', () => {
  it('takes the test files of the packages and their testdata', async () => {
    write({
      'a_test.go': bench,
      'export_test.go': '',
      'a.go': '',
      'testdata/deep/in.txt': '',
      'other/c_test.go': '',
      'in/b_test.go': bench,
    });
    expect(await testSources(root, ['a_test.go', 'in/b_test.go'])).toEqual([
      'a_test.go',
      'export_test.go',
      'in/b_test.go',
      'testdata/deep/in.txt',
    ]);
    expect(staleTestSources(['a_test.go', 'in/b_test.go'], root)).toEqual([
      '*_test.go',
      'testdata/**/*',
      'in/*_test.go',
      'in/testdata/**/*',
    ]);
  });

  it('leaves testdata that the code under test embeds or reads', async () => {
    write({
      'a_test.go': bench,
      'a.go': '// testdata/in.txt is for the tests\npackage a\n',
      'testdata/in.txt': '',
      'in/b_test.go': bench,
      'in/b.go': 'package in\n\n//go:embed testdata/table.csv\nvar table string\n',
      'in/testdata/table.csv': '',
    });
    const files = ['a_test.go', 'in/b_test.go'];
    expect(await testSources(root, files)).toEqual(['a_test.go', 'in/b_test.go', 'testdata/in.txt']);
    expect(staleTestSources(files, root)).toEqual(['*_test.go', 'testdata/**/*', 'in/*_test.go']);
  });
});
