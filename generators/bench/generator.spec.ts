import type { Tree } from '@nx/devkit';
import { readJson, updateJson } from '@nx/devkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { readDeclaredProjects } from '../workspace/view.ts';
import { fixtureTree } from './fixture-tree.ts';
import benchGenerator from './generator.ts';
import type { BenchGeneratorOptions } from './options.ts';

let said: string[];
beforeEach(() => {
  said = [];
});

async function run(tree: Tree, options: BenchGeneratorOptions): Promise<void> {
  const say = (text: string): void => void said.push(text);
  await benchGenerator(
    tree,
    { skipFormat: true, ...options },
    { readProjects: readDeclaredProjects, info: say, warn: say },
  );
}

const text = (tree: Tree, file: string): string => tree.read(file, 'utf-8') ?? '(missing)';

describe('TypeScript', () => {
  const odd = () => fixtureTree({ 'libs/rules': 'typescript-odd' });

  it('measures what the entry shows, wherever it is declared', async () => {
    const tree = odd();
    await run(tree, { project: 'libs/rules', count: 20 });
    expect(text(tree, 'libs/rules/src/rules.bench.ts')).toMatchInlineSnapshot(`
      "import { test } from 'vitest';
      import { shown } from './index.js';
      import normalise from './normalise.js';
      import { sum } from './sum.js';
      import { depth, divide, groupBy, load, orderTotal, parse, typed } from './totals.js';

      // The inputs below are samples made from types and names: put in what your users send.

      test('sum', async ({ bench }) => {
        const lines = Array.from({ length: 100 }, (_, i) => ({ price: i + 1, sku: 'SKU-0001' }));
        const testInput = 'The quick brown fox jumps over the lazy dog';
        await bench('sum', () => sum(lines, testInput)).run();
      });

      test('typed', async ({ bench }) => {
        const values = Array.from({ length: 100 }, (_, i) => i + 1);
        await bench('typed', () => typed(values)).run();
      });

      test('depth', async ({ bench }) => {
        const tree = { value: 10, children: [] };
        await bench('depth', () => depth(tree)).run();
      });

      test('load', async ({ bench }) => {
        const input1 = { url: 'https://example.com/items?page=2&sort=price', retries: 10 };
        await bench('load', async () => {
          await load(input1);
        }).run();
      });

      test('groupBy', async ({ bench }) => {
        const items = Array.from({ length: 100 }, (_, i) => ({ price: i + 1, sku: 'SKU-0001' }));
        const key = () => 'A-0001';
        await bench('groupBy', () => groupBy(items, key)).run();
      });

      test('orderTotal', async ({ bench }) => {
        const order = {
          id: 'A-0001',
          lines: Array.from({ length: 100 }, (_, i) => ({ price: i + 1, sku: 'SKU-0001' })),
          'ship-to': { country: 'DE' },
        };
        const rate = 'low';
        await bench('orderTotal', () => orderTotal(order, rate)).run();
      });

      test('shown', async ({ bench }) => {
        const text = 'The quick brown fox jumps over the lazy dog';
        await bench('shown', () => shown(text)).run();
      });

      test('normalise', async ({ bench }) => {
        const text = 'The quick brown fox jumps over the lazy dog';
        await bench('normalise', () => normalise(text)).run();
      });

      test('divide', async ({ bench }) => {
        const a = 10;
        const b = 10;
        await bench('divide', () => divide(a, b)).run();
      });

      test('parse', async ({ bench }) => {
        const text = 'The quick brown fox jumps over the lazy dog';
        await bench('parse', () => parse(text)).run();
      });
      "
    `);
    expect(readJson(tree, 'package.json').devDependencies.vitest).toBe('^5.0.0');
  });

  it('writes the older form for Vitest 4, and keeps its version', async () => {
    const tree = odd();
    updateJson(tree, 'package.json', (json) => ({ ...json, devDependencies: { vitest: '~4.1.0' } }));
    await run(tree, { project: 'libs/rules', count: 2 });
    expect(text(tree, 'libs/rules/src/rules.bench.ts')).toMatchInlineSnapshot(`
      "import { bench, describe } from 'vitest';
      import { sum } from './sum.js';
      import { typed } from './totals.js';

      // The inputs below are samples made from types and names: put in what your users send.

      describe("rules", () => {
        {
          const lines = Array.from({ length: 100 }, (_, i) => ({ price: i + 1, sku: 'SKU-0001' }));
          const testInput = 'The quick brown fox jumps over the lazy dog';
          bench('sum', () => sum(lines, testInput));
        }

        {
          const values = Array.from({ length: 100 }, (_, i) => i + 1);
          bench('typed', () => typed(values));
        }
      });
      "
    `);
    expect(readJson(tree, 'package.json').devDependencies).toEqual({ vitest: '~4.1.0' });
  });

  it('reads CommonJS and JSDoc', async () => {
    const tree = fixtureTree({ 'libs/legacy': 'cjs' });
    await run(tree, { project: 'libs/legacy' });
    expect(text(tree, 'libs/legacy/legacy.bench.mjs')).toMatchInlineSnapshot(`
      "import { test } from 'vitest';
      import { double, join, trimLine } from './lib/main.js';

      // The inputs below are samples made from types and names: put in what your users send.

      test('join', async ({ bench }) => {
        const words = Array.from({ length: 100 }, () => 'measure');
        await bench('join', () => join(words)).run();
      });

      test('trimLine', async ({ bench }) => {
        const line = 'The quick brown fox jumps over the lazy dog';
        await bench('trimLine', () => trimLine(line)).run();
      });

      test('double', async ({ bench }) => {
        const n = 10;
        await bench('double', () => double(n)).run();
      });
      "
    `);
  });

  it('measures one folder where it is named, and writes where it is told', async () => {
    const tree = odd();
    tree.write('libs/rules/src/deep/only.ts', 'export const only = (n: number): number => n;');
    await run(tree, { project: 'libs/rules', source: 'src/deep', directory: 'bench' });
    expect(text(tree, 'libs/rules/bench/rules.bench.ts')).toContain(
      "import { only } from '../src/deep/only.js';",
    );
  });
});

describe('Python', () => {
  it('measures public functions with samples of their annotations', async () => {
    const tree = fixtureTree({ 'services/rules': 'python-odd' });
    await run(tree, { project: 'rules', count: 20 });
    expect(text(tree, 'services/rules/tests/benchmarks/test_rules_bench.py')).toMatchInlineSnapshot(`
      """"Benchmarks of rules.

      The inputs are samples made from annotations and names: put in what your users send.
      """

      import asyncio
      from decimal import Decimal

      from shop_rules.rules import (
          Category,
          Line,
          apply_rules,
          collect,
          convert,
          load,
          slow_search,
          weights,
      )


      def test_apply_rules(benchmark):
          lines = [Line(sku="SKU-0001", price=Decimal("19.99"), category=Category.FOOD) for i in range(100)]
          prices = {f"key {i}": Decimal("19.99") for i in range(100)}
          currency = "EUR"
          benchmark(apply_rules, lines, prices, currency=currency)


      def test_weights(benchmark):
          benchmark_ = 19.99
          values = tuple(i + 0.5 for i in range(100))
          benchmark(weights, benchmark_, values)


      def test_collect(benchmark):
          items = [(f"item {i}", i + 1) for i in range(100)]
          key = lambda *_: 10
          benchmark(collect, items, key)


      def test_slow_search(benchmark):
          text = "The quick brown fox jumps over the lazy dog"
          benchmark(slow_search, text)


      def test_convert(benchmark):
          value = 10
          benchmark(convert, value)


      def test_load(benchmark):
          url = "https://example.com/items?page=2&sort=price"
          benchmark(lambda: asyncio.run(load(url)))
      "
    `);
  });

  it('adds the libraries to the development group and touches nothing else', async () => {
    const tree = fixtureTree({ 'services/rules': 'python-odd' });
    await run(tree, { project: 'rules' });
    expect(text(tree, 'services/rules/pyproject.toml')).toMatchInlineSnapshot(`
      "# comment at the top
      [project]
      name = "shop-rules"   # the name
      requires-python = ">=3.11"

      [dependency-groups]
      # tools
      dev = [
        "ruff>=0.5", # keep
        "mypy",  # no comma here
        "pytest>=8",
        "pytest-benchmark>=5",
      ]
      [tool.ruff]
      line-length = 100
      "
    `);
    expect(said).toContain(
      'Run uv sync in services/rules: pytest and pytest-benchmark were added to services/rules/pyproject.toml.',
    );
    expect(said).toContain(
      'services/rules is no project yet: add it to the option projects of the plugin nx-assay in nx.json.',
    );
  });

  it('adds nothing that an ancestor declares', async () => {
    const tree = fixtureTree({ 'services/rules': 'python-odd' });
    const before = text(tree, 'services/rules/pyproject.toml');
    tree.write('pyproject.toml', '[dependency-groups]\ndev = ["pytest", "Pytest_Benchmark>=4"]\n');
    await run(tree, { project: 'rules' });
    expect(text(tree, 'services/rules/pyproject.toml')).toBe(before);
  });
});

describe('Go', () => {
  it('measures exported functions in their own package, but none twice', async () => {
    const tree = fixtureTree({ 'services/odd': 'go-odd' });
    await run(tree, { project: 'odd', count: 20 });
    expect(text(tree, 'services/odd/shelf/shelf_bench_test.go')).toMatchInlineSnapshot(`
      "package shelf

      import (
      	"context"
      	"runtime"
      	"testing"
      )

      // The inputs below are samples made from types and names: put in what your users send.

      func BenchmarkSum(b *testing.B) {
      	values := make([]int, 0, 100)
      	for i := 0; i < 100; i++ {
      		values = append(values, 10)
      	}
      	b.ReportAllocs()
      	last := Sum[int](values)
      	for i := 0; i < b.N; i++ {
      		last = Sum[int](values)
      	}
      	runtime.KeepAlive(last)
      }

      func BenchmarkFind(b *testing.B) {
      	ctx := context.Background()
      	shelf := Shelf(map[SKU]Item{SKU("SKU-0001"): Item{Code: SKU("SKU-0001"), Quantity: 10, Reserved: 10}})
      	b.ReportAllocs()
      	last, _ := Find(ctx, shelf)
      	for i := 0; i < b.N; i++ {
      		last, _ = Find(ctx, shelf)
      	}
      	runtime.KeepAlive(last)
      }

      func BenchmarkMerge(b *testing.B) {
      	a := make([]Item, 0, 100)
      	for i := 0; i < 100; i++ {
      		a = append(a, Item{Code: SKU("SKU-0001"), Quantity: 10, Reserved: 10})
      	}
      	bInput := make([]Item, 0, 100)
      	for i := 0; i < 100; i++ {
      		bInput = append(bInput, Item{Code: SKU("SKU-0001"), Quantity: 10, Reserved: 10})
      	}
      	b.ReportAllocs()
      	last := Merge(a, bInput)
      	for i := 0; i < b.N; i++ {
      		last = Merge(a, bInput)
      	}
      	runtime.KeepAlive(last)
      }

      func BenchmarkPointer(b *testing.B) {
      	bInput := &Item{Code: SKU("SKU-0001"), Quantity: 10, Reserved: 10}
      	iInput := 10
      	b.ReportAllocs()
      	for i := 0; i < b.N; i++ {
      		Pointer(bInput, iInput)
      	}
      }
      "
    `);
  });

  it('uses b.Loop where the module asks for a Go that has it', async () => {
    const tree = fixtureTree({ 'services/odd': 'go-odd' });
    tree.write('services/odd/go.mod', 'module example.com/odd\n\ngo 1.24\n');
    await run(tree, { project: 'odd' });
    expect(text(tree, 'services/odd/shelf/shelf_bench_test.go')).toContain(
      'for b.Loop() {\n\t\tMerge(a, bInput)',
    );
  });
});

describe('any language', () => {
  it('writes nothing the second time', async () => {
    const tree = fixtureTree({ 'a/rules': 'python-odd', 'a/odd': 'go-odd', 'a/ts': 'typescript-odd' });
    const all = (): unknown => tree.listChanges().map(({ path, content }) => [path, content?.toString()]);
    for (const project of ['a/rules', 'a/odd', 'a/ts']) await run(tree, { project, config: true });
    const first = all();
    for (const project of ['a/rules', 'a/ts']) await run(tree, { project, config: true });
    expect(all()).toEqual(first);
    expect(said).toContain('a/ts/src/ts.bench.ts is there already and stays as it is.');
  });

  it('writes a configuration with its schema where it is asked to', async () => {
    const tree = fixtureTree({ 'a/odd': 'go-odd' });
    await run(tree, { project: 'odd', config: true });
    expect(readJson(tree, 'a/odd/assay/bench.json')).toEqual({
      $schema: '../../../node_modules/nx-assay/schemas/bench.schema.json',
      margin: 0.05,
    });
  });

  it('serves each language of a mixed project, or the one whose harness is named', async () => {
    const mixed = () => fixtureTree({ 'a/mixed': 'go-odd', 'a/mixed/py': 'python-odd' });
    const tree = mixed();
    await run(tree, { project: 'a/mixed', harness: 'go-testing' });
    expect(tree.exists('a/mixed/shelf/shelf_bench_test.go')).toBe(true);
    expect(tree.exists('a/mixed/tests')).toBe(false);
  });

  it.each([
    [{ project: 'nowhere' }, 'generator/no-project'],
    [{ project: 'a/odd', harness: 'vitest' as const }, 'generator/no-language'],
    [{ project: 'a/odd', source: '../..' }, 'generator/outside'],
    [{ project: 'a/empty' }, 'generator/nothing-exported'],
  ])('%j fails with %s and changes nothing', async (options, code) => {
    const tree = fixtureTree({ 'a/odd': 'go-odd' });
    tree.write('a/empty/index.ts', 'export const answer = 42;');
    const before = tree.listChanges().length;
    await expect(run(tree, options)).rejects.toMatchObject({ code });
    expect(tree.listChanges()).toHaveLength(before);
  });

  it('names similar projects, and its remedy', async () => {
    const tree = fixtureTree({ 'services/pricing': 'python-odd' });
    await expect(run(tree, { project: 'pricng' })).rejects.toThrow(
      "There is no project or folder 'pricng'. Similar names: services/pricing.\nList the projects",
    );
  });
});
