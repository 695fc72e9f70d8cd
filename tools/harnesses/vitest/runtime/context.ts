import { expect } from './matchers.ts';
import { type BenchmarkOptions, fullName } from './tree.ts';

/** What a benchmark found, in milliseconds; all zero where it was only listed or not asked for. */
export interface Figures {
  readonly chunksMs: readonly number[];
}

/** Called for each benchmark that a test runs; decides itself whether to measure it. */
export type RunOne = (
  name: string,
  fn: () => unknown,
  options: BenchmarkOptions,
  stack: string | undefined,
) => Promise<Figures>;

const isRegistration = Symbol('registration');

interface Registration {
  readonly [isRegistration]: true;
  readonly name: string;
  readonly fn?: () => unknown;
  readonly fnOpts?: BenchmarkOptions;
  run(options?: BenchmarkOptions): Promise<unknown>;
}

/**
 * The `bench` of Vitest 5's test context: `bench(name, options?, fn)` gives a registration with `run()`;
 * `bench.compare(…registrations, options?)` runs several; `bench.from` stands for a stored result.
 */
export function benchOf(testName: string, runOne: RunOne) {
  const bench = (name: string | (() => unknown), a: unknown, b?: unknown): Registration => {
    const fn = (typeof a === 'function' ? a : b) as () => unknown;
    if (typeof fn !== 'function') {
      throw new TypeError(
        '`bench()` expects a benchmark function. Call `bench(name, fn)` or `bench(name, options, fn)`.',
      );
    }
    const options = (typeof a === 'object' && a !== null ? a : {}) as BenchmarkOptions;
    const title = typeof name === 'function' ? name.name || '<anonymous>' : name;
    const holder: { stack?: string } = {};
    Error.captureStackTrace(holder, bench);
    const run = async (more: BenchmarkOptions = {}) => {
      const figures = await runOne(fullName([testName, title]), fn, { ...more, ...options }, holder.stack);
      return resultOf(title, figures);
    };
    return { [isRegistration]: true, name: title, fn, fnOpts: options, run };
  };
  const from = (name: string | (() => unknown)): Registration => {
    const title = typeof name === 'function' ? name.name : name;
    return { [isRegistration]: true, name: title, run: async () => resultOf(title, { chunksMs: [] }) };
  };
  const compare = async (...args: unknown[]) => {
    const options = args.findLast((arg) => !isRegistered(arg)) as BenchmarkOptions | undefined;
    const results = new Map<string, unknown>();
    for (const one of args.filter(isRegistered)) results.set(one.name, await one.run(options));
    return {
      get(name: string) {
        if (!results.has(name)) throw new Error(`task "${name}" was not defined`);
        return results.get(name);
      },
    };
  };
  return Object.assign(bench, { from, compare });
}

/** The context handed to a test body; its members are what benchmark files use. */
export function contextOf(testName: string, runOne: RunOne, onFinished: (hook: () => unknown) => void) {
  return {
    bench: benchOf(testName, runOne),
    expect,
    task: { name: testName, type: 'test', meta: {} },
    signal: new AbortController().signal,
    onTestFinished: onFinished,
    onTestFailed: () => undefined,
    annotate: async () => undefined,
    skip: (note?: string | boolean): void => {
      if (note !== false) throw new SkipTest(typeof note === 'string' ? note : 'skipped by the test itself');
    },
  };
}

/** Thrown by `context.skip()`. */
export class SkipTest extends Error {}

function isRegistered(value: unknown): value is Registration {
  return typeof value === 'object' && value !== null && isRegistration in value;
}

/** Shaped like tinybench's result: the same fields, from chunks instead of single calls. */
export function resultOf(name: string, { chunksMs }: Figures) {
  const sorted = [...chunksMs].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const mean = sorted.length ? sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length : 0;
  const statistics = {
    mean,
    min: at(0),
    max: at(1),
    p50: at(0.5),
    p75: at(0.75),
    p99: at(0.99),
    p995: at(0.995),
    p999: at(0.999),
    aad: 0,
    critical: 0,
    df: 0,
    mad: 0,
    moe: 0,
    rme: 0,
    sd: 0,
    sem: 0,
    variance: 0,
    samples: sorted,
    samplesCount: sorted.length,
  };
  const rate = mean > 0 ? 1000 / mean : 0;
  const throughput = { ...statistics, mean: rate, min: rate, max: rate, p50: rate, samples: undefined };
  return { name, state: 'completed', latency: statistics, throughput, period: mean, totalTime: 0 };
}
