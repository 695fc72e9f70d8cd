import { baseName } from './paths.ts';

/** Languages that inference knows. More come with their inference. */
export type LanguageId = 'typescript' | 'python' | 'go' | 'rust' | 'java';

/** What a file's name alone says about benchmarks. `candidate` files have to be read. */
export type BenchmarkHint =
  | { readonly state: 'benchmark'; readonly language: LanguageId }
  | { readonly state: 'candidate'; readonly language: LanguageId }
  | { readonly state: 'none' };

/** Judges a file by its name: `x.bench.ts` is one, `x_test.go`, `test_x.py` and `Cargo.toml` may be or tell of some. */
export function benchmarkHint(path: string): BenchmarkHint {
  const name = baseName(path);
  if (/\.bench\.(?:[mc]?[jt]s|[jt]sx)$/.test(name)) return { state: 'benchmark', language: 'typescript' };
  if (/_test\.go$/.test(name) && !/^[_.]/.test(name)) return { state: 'candidate', language: 'go' };
  if (name === 'Cargo.toml') return { state: 'candidate', language: 'rust' };
  if (javaBenchmark.test(name)) return { state: 'candidate', language: 'java' };
  if (pythonTest.test(name)) return { state: 'candidate', language: 'python' };
  return { state: 'none' };
}

const pythonTest =
  /^(?:(?:test|bench|benchmark|perf)s?_.*|.*_(?:test|bench|benchmark|perf)s?|benchmarks?)\.py$/;

/** JMH has no rule for names, so these are those that people use; others need an `assay/bench.json`. */
const javaBenchmark = /^(?:.*(?:Benchmarks?|Bench|Perf|Jmh|JMH)|(?:Benchmark|Bench|Jmh|JMH)\p{Lu}.*)\.java$/u;

/** Globs of the files that `benchmarkHint` knows, for Nx (no folder part). */
export const benchmarkGlobs = [
  '*.bench.{ts,mts,cts,tsx,js,mjs,cjs,jsx}',
  '*_test.go',
  '{test_*,tests_*,bench_*,benchmark_*,benchmarks_*,perf_*}.py',
  '{*Benchmark,*Benchmarks,*Bench,*Perf,*Jmh,*JMH,Benchmark*,Bench*,Jmh*,JMH*}.java',
  '{*_test,*_tests,*_bench,*_benchmark,*_benchmarks,*_perf,benchmark,benchmarks}.py',
];

/** Go's rule: `Benchmark`, then nothing or a character that is not a lower-case letter, and one argument. */
export function hasGoBenchmark(text: string): boolean {
  return /^func[ \t]+Benchmark(?:[^\p{Ll}\s(][^\s(]*)?[ \t]*\([ \t]*\w+[ \t]+\*(?:\w+\.)?B[ \t]*\)/mu.test(
    text,
  );
}

/** JMH's annotation, and its package beside it: others have an annotation of that name too. */
export function hasJavaBenchmark(text: string): boolean {
  return (
    /^[ \t]*@(?:org\.openjdk\.jmh\.annotations\.)?Benchmark\b/m.test(text) && text.includes('org.openjdk.jmh')
  );
}

export type PythonHarness = 'pytest-benchmark' | 'pyperf';

/**
 * pytest-benchmark shows by the fixture `benchmark` (or `benchmark_weave`) among a test's parameters,
 * pyperf by its import.
 */
export function pythonHarness(text: string): PythonHarness | undefined {
  if (/^[ \t]*(?:import[ \t]+pyperf\b|from[ \t]+pyperf\b)/m.test(text)) return 'pyperf';
  if (/^[ \t]*(?:async[ \t]+)?def[ \t]+test\w*[ \t]*\([^)]*\bbenchmark(?:_weave)?\b/m.test(text)) {
    return 'pytest-benchmark';
  }
  return undefined;
}
