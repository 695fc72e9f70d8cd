import { describe, expect, it } from 'vitest';
import { benchmarkHint, hasGoBenchmark, hasJavaBenchmark, pythonHarness } from './conventions.ts';

describe('benchmarkHint', () => {
  it.each([
    ['src/parse.bench.ts', 'benchmark', 'typescript'],
    ['parse.bench.cjs', 'benchmark', 'typescript'],
    ['ui/list.bench.tsx', 'benchmark', 'typescript'],
    ['stock_test.go', 'candidate', 'go'],
    ['src/test/java/com/acme/PriceBenchmark.java', 'candidate', 'java'],
    ['BenchParse.java', 'candidate', 'java'],
    ['tests/test_rules.py', 'candidate', 'python'],
    ['rules_bench.py', 'candidate', 'python'],
    ['bench_rules.py', 'candidate', 'python'],
    ['benchmarks.py', 'candidate', 'python'],
    ['crates/price/Cargo.toml', 'candidate', 'rust'],
  ])('%s: %s of %s', (path, state, language) => {
    expect(benchmarkHint(path)).toEqual({ state, language });
  });

  it.each([
    'bench.ts',
    'parse.bench.json',
    'parse.benchmark.ts',
    'stock.go',
    'Price.java',
    'Workbench1.java',
    'Benched.java',
    '_x_test.go',
    'rules.py',
    'contest.py',
  ])('%s says nothing', (path) => {
    expect(benchmarkHint(path)).toEqual({ state: 'none' });
  });
});

describe('hasGoBenchmark', () => {
  it.each([
    ['func BenchmarkReserve(b *testing.B) {', true],
    ['func Benchmark(b *testing.B) {', true],
    ['func Benchmark_reserve(b *testing.B) {', true],
    ['func BenchmarkÄ(b *testing.B) {', true],
    ['func Benchmarks(b *testing.B) {', false],
    ['func BenchmarkReserve(t *testing.T) {', false],
    ['// func BenchmarkReserve(b *testing.B) {', false],
    ['func (s *suite) BenchmarkReserve(b *testing.B) {', false],
  ])('%s: %s', (line, expected) => {
    expect(hasGoBenchmark(`package stock\n\n${line}\n}\n`)).toBe(expected);
  });
});

describe('pythonHarness', () => {
  it.each([
    ['def test_parse(benchmark):\n    benchmark(parse)\n', 'pytest-benchmark'],
    ['    def test_parse(self, rows, benchmark):\n', 'pytest-benchmark'],
    ['def test_parse(\n    rows: list[int],\n    benchmark: BenchmarkFixture,\n):\n', 'pytest-benchmark'],
    ['async def test_parse(benchmark_weave):\n', 'pytest-benchmark'],
    ['import pyperf\nrunner = pyperf.Runner()\n', 'pyperf'],
    ['from pyperf import Runner\n', 'pyperf'],
    ['def test_parse(rows):\n    benchmark = 1\n', undefined],
    ['def helper(benchmark):\n    pass\n', undefined],
    ['# import pyperf\n', undefined],
  ])('%j: %s', (text, expected) => {
    expect(pythonHarness(text)).toBe(expected);
  });
});

describe('hasJavaBenchmark', () => {
  it.each([
    ['import org.openjdk.jmh.annotations.*;\n  @Benchmark\n', true],
    ['  @org.openjdk.jmh.annotations.Benchmark public int x() {', true],
    ['import org.openjdk.jmh.annotations.*;\n// @Benchmark\n', false],
    ['import org.openjdk.jmh.annotations.*;\n@BenchmarkMode(x)\n', false],
    ['import com.google.caliper.Benchmark;\n@Benchmark\n', false],
  ])('%j: %s', (text, expected) => {
    expect(hasJavaBenchmark(text)).toBe(expected);
  });
});
