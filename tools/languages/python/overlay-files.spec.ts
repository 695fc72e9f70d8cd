import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { overlayOf } from './overlay-files.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay overlay '));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const BENCH = /(^|\/)(bench_\w+|test_\w+_bench)\.py$/;

/** What is lent beside the benchmarks themselves. */
function lent(files: Readonly<Record<string, string>>): readonly string[] {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const benchmarks = Object.keys(files).filter((path) => BENCH.test(path));
  return overlayOf(root, benchmarks).filter((path) => !BENCH.test(path));
}

const MANIFEST = { 'pyproject.toml': '[project]\nname = "shop"\n', 'src/shop/__init__.py': '' };

describe('lent with the benchmarks', () => {
  it('is what they and their conftest import from the folder of tests, and its data', () => {
    const files = {
      ...MANIFEST,
      'conftest.py': '',
      'tests/__init__.py': '',
      'tests/conftest.py': 'pytest_plugins = ["tests.plugins.clock"]',
      'tests/helpers.py': '',
      'tests/plugins/clock.py': 'from .. import helpers',
      'tests/unused.py': '',
      'tests/test_other.py': 'import unused',
      'tests/data/big.json': '',
      'tests/benchmarks/golden.txt': '',
      'tests/benchmarks/other.txt': '',
      'tests/benchmarks/make.py': '',
      'tests/benchmarks/test_x_bench.py':
        'from shop import total\nfrom make import (\n  one,  # it\n  two,\n)\nPath(__file__).parent / "golden.txt"',
      'src/shop/total.py': 'open("data.json")',
    };
    expect(lent(files)).toEqual([
      'conftest.py',
      'tests/__init__.py',
      'tests/benchmarks/golden.txt',
      'tests/benchmarks/make.py',
      'tests/conftest.py',
      'tests/data/big.json',
      'tests/helpers.py',
      'tests/plugins/clock.py',
    ]);
  });

  it('is data beside benchmarks that lie elsewhere', () => {
    const files = { 'bench_a.py': '', 'fixtures/a.csv': '', 'other/a.csv': '', 'fixtures/code.py': '' };
    expect(lent(files)).toEqual(['fixtures/a.csv']);
  });
});

describe('not lent is code of the product in a folder named after tests', () => {
  const bench = { 'bench/bench_all.py': 'from bench.engine import run', 'bench/engine.py': '' };
  it.each<[string, Readonly<Record<string, string>>]>([
    [
      'in a package of the src layout',
      { 'src/shop/perf/bench_all.py': 'from shop.perf import engine', 'src/shop/perf/engine.py': '' },
    ],
    [
      'in a package of the flat layout',
      { 'acme/__init__.py': '', 'acme/perf/bench_all.py': 'from . import engine', 'acme/perf/engine.py': '' },
    ],
    ['a package at the top', { 'perf/bench_all.py': 'from perf import engine', 'perf/engine.py': '' }],
    ['named like the project', { ...bench, 'pyproject.toml': '[project]\nname = "Bench"\n' }],
    ['named by the manifest', { ...bench, 'pyproject.toml': '[tool.setuptools]\npackages = ["bench"]\n' }],
    [
      'started by the manifest',
      { ...bench, 'pyproject.toml': '[project.scripts]\nrun = "bench.engine:main"\n' },
    ],
    ['named by setup.cfg', { ...bench, 'setup.cfg': '[options]\npackages =\n    bench\n' }],
    ['named by setup.py', { ...bench, 'setup.py': 'setup(packages=["bench"])' }],
    ['imported by a module', { ...bench, 'shop/core.py': 'from bench.engine import run' }],
    [
      'imported by way of another there',
      { ...bench, 'shop/core.py': 'import bench.parts', 'bench/parts.py': 'from . import engine' },
    ],
    ['imported by its name', { ...bench, 'shop/core.py': 'importlib.import_module("bench.engine")' }],
    ['imported relatively', { ...bench, 'core.py': 'from .bench import engine' }],
    [
      'what a benchmark beside it is named after',
      { 'bench/bench_engine.py': 'import engine', 'bench/engine.py': '' },
    ],
  ])('%s', (_, files) => {
    expect(lent(files)).toEqual([]);
  });

  it('and lent where nothing says so, though a manifest leaves the folder out', () => {
    const manifest = '[project]\nname = "x"\n[tool.setuptools.packages.find]\nexclude = ["bench*"]\n';
    expect(lent({ ...bench, 'pyproject.toml': manifest, 'shop/core.py': 'import json' })).toEqual([
      'bench/engine.py',
    ]);
  });

  it('nor data that a module reads', () => {
    const files = {
      ...MANIFEST,
      'src/shop/perf/bench_all.py': '',
      'src/shop/perf/data/rates.csv': '',
      'src/shop/perf/fixtures/mine.csv': '',
      'src/shop/perf/engine.py': 'open(HERE / "data" / name)',
    };
    expect(lent(files)).toEqual(['src/shop/perf/fixtures/mine.csv']);
  });
});
