import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testPython } from '../languages/python/fixtures/environment.ts';
import {
  benchSource,
  findingOf,
  inSharedTemp,
  leftInTemp,
  removeWorkspaces,
  verdicts,
  workSource,
  workspace,
} from './fixtures/workspace.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
afterAll(removeWorkspaces);

const HEAD = { state: 'ref', ref: 'HEAD' } as const;
const COMPARED = expect.stringMatching(/^(unchanged|inconclusive)$/);
const python = await inSharedTemp(testPython);
const go = goIsThere();
const { PATH, ASSAY_PYTHON } = process.env;

function goIsThere(): boolean {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

afterEach(() => {
  restore('PATH', PATH);
  restore('ASSAY_PYTHON', ASSAY_PYTHON);
});

const PYTHON_TEST = `import work

def test_good(benchmark):
    benchmark(work.work, 300)

def test_throws(benchmark):
    raise ValueError("no")
`;

describe.skipIf(python.state === 'missing')(
  `Python${python.state === 'missing' ? ` (skipped: ${python.reason})` : ''}`,
  () => {
    beforeEach(() => {
      if (python.state === 'found') process.env.ASSAY_PYTHON = python.python;
    });

    it('keeps failures apart, and what the base cannot import makes no pass', async () => {
      const ws = workspace({
        'libs/it/pyproject.toml': '[project]\nname = "it"\nversion = "1"\n',
        'libs/it/work.py': 'def work(n):\n    return sum(i * i for i in range(n))\n',
        'libs/it/test_known.py': 'import work\n\ndef test_known(benchmark):\n    benchmark(work.work, 300)\n',
        'libs/it/test_bad.py': PYTHON_TEST,
      });
      ws.commit();
      ws.write({
        'libs/it/work.py': 'def work(n):\n    return sum(i * i for i in range(n + 1))\n',
        'libs/it/added.py': 'def work(n):\n    return n\n',
        'libs/it/test_known.py':
          'import added\n\ndef test_known(benchmark):\n    benchmark(sum, range(300))\n',
      });
      const { report } = await ws.run({ base: HEAD }, 40);
      expect(verdicts(report)).toEqual({
        'test_bad.py › test_good': COMPARED,
        'test_bad.py › test_throws': 'failed',
        'test_known.py › test_known': 'new',
      });
      expect(findingOf(report, 'bench/failed')).toMatchObject({
        subject: 'test_bad.py › test_throws',
        message: expect.stringContaining('ValueError: no'),
      });
      expect(findingOf(report, 'base/does-not-build').message).toMatch(
        /^test_known\.py does not build on the base: .*added/,
      );
      expect(leftInTemp()).toEqual([]);
    });

    it('refuses a base that imports from head', async () => {
      const ws = workspace({
        'libs/it/pyproject.toml': '[project]\nname = "it"\nversion = "1"\n',
        'libs/it/src/deep/work.py': 'def work(n):\n    return sum(range(n))\n',
      });
      ws.commit();
      ws.write({
        'libs/it/src/deep/work.py': 'def work(n):\n    return sum(range(n + 1))\n',
        'libs/it/test_it.py': `import sys
sys.path.insert(0, ${JSON.stringify(join(ws.root, 'libs/it/src/deep'))})
import work

def test_it(benchmark):
    benchmark(work.work, 300)
`,
      });
      const { report } = await ws.run({ base: HEAD }, 40);
      expect([report.verdict, verdicts(report)]).toEqual(['failed', { 'test_it.py › test_it': 'failed' }]);
      expect(findingOf(report, 'base/contaminated').message).toContain('libs/it/src/deep/work.py');
      expect(report.artifacts).toEqual([]);
    });
  },
);

describe.skipIf(!go)(`Go${go ? '' : ' (skipped: go is not installed)'}`, () => {
  it('keeps failures apart, and calls new what does not compile on the base', async () => {
    const work =
      'package it\n\nfunc Work(n int) int {\n\tsum := 0\n\tfor i := 0; i < n; i++ {\n\t\tsum += i * i\n\t}\n\treturn sum\n}\n';
    const test = (body: string) =>
      `package it\n\nimport "testing"\n\nvar sink int\n\nfunc BenchmarkGood(b *testing.B) {\n\tfor i := 0; i < b.N; i++ {\n\t\tsink += ${body}\n\t}\n}\n\nfunc BenchmarkPanics(b *testing.B) {\n\tpanic("no")\n}\n`;
    const ws = workspace({
      'libs/it/go.mod': 'module example.com/it\n\ngo 1.21\n',
      'libs/it/work.go': work,
      'libs/it/work_test.go': test('Work(300)'),
    });
    ws.commit();
    ws.write({
      'libs/it/added.go': 'package it\n\nfunc Added(n int) int { return Work(n) }\n',
      'libs/it/work_test.go': test('Added(300)'),
    });
    const { report } = await ws.run({ base: HEAD }, 40);
    expect([report.verdict, verdicts(report)]).toEqual([
      'failed',
      { 'work_test.go › BenchmarkGood': 'new', 'work_test.go › BenchmarkPanics': 'failed' },
    ]);
    expect(findingOf(report, 'bench/failed')).toMatchObject({
      subject: 'work_test.go › BenchmarkPanics',
      message: expect.stringContaining('panic: no'),
    });
    expect(findingOf(report, 'bench/new')).toMatchObject({
      severity: 'info',
      subject: 'work_test.go › BenchmarkGood',
    });
    expect(leftInTemp()).toEqual([]);
  });
});

describe('without the toolchain', () => {
  const PYTHON = {
    'libs/it/pyproject.toml': '[project]\nname = "it"\nversion = "1"\n',
    'libs/it/test_it.py': 'def test_it(benchmark):\n    benchmark(len, "four")\n',
  };

  beforeEach(() => {
    delete process.env.ASSAY_PYTHON;
    const bin = join(process.env.TMPDIR ?? '', 'bin');
    mkdirSync(bin, { recursive: true });
    for (const name of ['git']) {
      const path = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
      try {
        symlinkSync(path, join(bin, name));
      } catch {
        // made by the test before
      }
    }
    process.env.PATH = bin;
  });

  it('nothing is run, which is no pass', async () => {
    const ws = workspace(PYTHON);
    const { report } = await ws.run();
    expect([report.verdict, report.subjects]).toEqual(['skipped', []]);
    expect(findingOf(report, 'bench/toolchain-missing')).toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(
        /^The .* benchmarks were skipped, since their toolchain is missing: No Python .*\.$/,
      ),
      remedy: expect.stringContaining('ASSAY_PYTHON'),
    });
    expect(report.summary).toContain('skipped');
  });

  it('the other languages are measured', async () => {
    const ws = workspace({
      ...PYTHON,
      'libs/it/work.js': workSource(),
      'libs/it/a.bench.ts': benchSource('one'),
      'libs/it/go.mod': 'module x\n',
      'libs/it/x_test.go': 'package x\n\nimport "testing"\n\nfunc BenchmarkX(b *testing.B) {}\n',
    });
    const { report } = await ws.run();
    expect([report.verdict, verdicts(report)]).toEqual(['inconclusive', { 'a.bench.ts › one': 'measured' }]);
    const missing = report.findings.filter(({ id }) => id === 'bench/toolchain-missing');
    expect(missing.map(({ message }) => message).sort()).toEqual([
      expect.stringMatching(/^The Go .*: Go\.$/),
      expect.stringContaining('No Python'),
    ]);
  });
});
