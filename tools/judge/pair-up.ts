import type { RecordedBenchmark, Recording } from '../recordings/index.ts';

/** A benchmark as both recordings have it; one side may lack it. */
export interface BenchmarkPair {
  readonly id: string;
  readonly base?: RecordedBenchmark;
  readonly head?: RecordedBenchmark;
}

/**
 * Benchmarks of two recordings by name, in the order of head. Commands (hyperfine) are named by themselves, and the
 * path of a program may differ between two versions: where each side has exactly one, these two are meant.
 */
export function pairUp(base: Recording, head: Recording): readonly BenchmarkPair[] {
  const [onlyBase, onlyHead] = [base.benchmarks[0], head.benchmarks[0]];
  const single = base.benchmarks.length === 1 && head.benchmarks.length === 1;
  if (base.namedByCommand && single && onlyBase && onlyHead) {
    return [{ id: onlyHead.id, base: onlyBase, head: onlyHead }];
  }
  const before = new Map(base.benchmarks.map((benchmark) => [benchmark.id, benchmark]));
  const now = new Set(head.benchmarks.map(({ id }) => id));
  return [
    ...head.benchmarks.map((benchmark): BenchmarkPair => {
      const other = before.get(benchmark.id);
      return { id: benchmark.id, head: benchmark, ...(other ? { base: other } : {}) };
    }),
    ...base.benchmarks
      .filter(({ id }) => !now.has(id))
      .map((benchmark) => ({ id: benchmark.id, base: benchmark })),
  ];
}
