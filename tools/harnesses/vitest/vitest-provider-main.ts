/** Benchmark provider of Vitest 5 (`benchmark.provider`): measures as the fast runner does. */
import { resultOf } from './runtime/context.ts';
import { measureOne } from './runtime/measure-one.ts';
import { type BenchmarkOptions, fullName } from './runtime/tree.ts';
import { describeError, joinRequest } from './runtime/worker.ts';

interface SuiteLike {
  readonly name: string;
  readonly suite?: SuiteLike;
}

interface Group {
  readonly test: SuiteLike;
  readonly registrations: readonly { name: string; fn: () => unknown; fnOpts?: BenchmarkOptions }[];
  readonly options?: BenchmarkOptions;
}

const joined = joinRequest();
const seen = new Set<string>();

export default {
  async run({ test, registrations, options }: Group) {
    const results = [];
    for (const { name, fn, fnOpts } of registrations) {
      const full = fullName([...suitesOf(test), test.name, name]);
      results.push(resultOf(name, { chunksMs: await one(full, fn, { ...options, ...fnOpts }) }));
    }
    return results;
  },
};

async function one(name: string, fn: () => unknown, options: BenchmarkOptions): Promise<readonly number[]> {
  const { request, emit } = joined;
  if (seen.has(name)) {
    emit({ event: 'duplicate', name });
    return [];
  }
  seen.add(name);
  if (request.benchmarks.length > 0 && !request.benchmarks.includes(name)) return [];
  if (request.mode === 'list') {
    emit({ event: 'listed', name });
    return [];
  }
  emit({ event: 'begin', name });
  try {
    return (await measureOne(joined, name, fn, options)).chunksMs;
  } catch (error) {
    emit({ event: 'failed', name, reason: describeError(error) });
    throw error;
  }
}

function suitesOf(task: SuiteLike): string[] {
  return task.suite ? [...suitesOf(task.suite), task.suite.name] : [];
}
