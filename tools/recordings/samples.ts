import { type AssayError, isAssayError } from '../kernel/errors/assay-error.ts';
import { recordingsErrors } from './errors.ts';
import type { RecordedBenchmark, RecordedData, RecordedMetric, RecordedProcess } from './recording.ts';

/** Whose samples are looked at, for messages. */
export interface Whose {
  readonly path: string;
  readonly benchmark: string;
}

/**
 * Single measurements of one figure, scaled and checked. Zero is a count of allocations or bytes, and never a time.
 *
 * @throws AssayError `recordings/bad-sample`, `recordings/no-samples`
 */
export function recordedSamples(
  processes: readonly RecordedProcess[],
  order: 'kept' | 'sorted',
  whose: Whose,
  scale: { readonly factor: number; readonly zeros: boolean },
): RecordedData {
  if (processes.every(({ values }) => values.length === 0)) {
    throw recordingsErrors.create('recordings/no-samples', { ...whose, problem: 'it has no sample' });
  }
  const scaled = processes.map(({ values, ...rest }, process) => ({
    ...rest,
    values: values.map((value, index) => checked(value * scale.factor, value, index, process, whose, scale)),
  }));
  const kept = scaled.filter(({ values }) => values.length > 0);
  return { state: 'samples', order: orderOf(kept, order), processes: kept };
}

/** So many samples are in order of size by chance once in 40,000 times. */
const TELLING = 8;

/** What the samples themselves say of their order: a tool that sorts leaves them ascending, and no other does. */
function orderOf(processes: readonly RecordedProcess[], expected: 'kept' | 'sorted'): 'kept' | 'sorted' {
  const samples =
    processes.length > 1 ? processes.flatMap(({ values }) => values) : (processes[0]?.values ?? []);
  const ascends = samples.every((value, index) => index === 0 || value >= (samples[index - 1] as number));
  const constant = samples.every((value) => value === samples[0]);
  if (constant) return expected;
  if (!ascends) return 'kept';
  return expected === 'sorted' || samples.length >= TELLING ? 'sorted' : 'kept';
}

function checked(
  value: number,
  original: number,
  index: number,
  process: number,
  whose: Whose,
  { zeros }: { readonly zeros: boolean },
): number {
  if (Number.isFinite(value) && (value > 0 || (zeros && value === 0))) return value;
  const what = original === 0 ? 'zero' : original < 0 ? 'negative' : 'not a number';
  const where = process === 0 ? `sample ${index + 1}` : `sample ${index + 1} of process ${process + 1}`;
  throw recordingsErrors.create('recordings/bad-sample', { ...whose, problem: `${where} is ${what}` });
}

/**
 * A mean with its spread, scaled and checked.
 *
 * @throws AssayError `recordings/bad-sample`
 */
export function recordedSummary(
  summary: { readonly count: number; readonly mean: number; readonly sd: number },
  whose: Whose,
  factor: number,
): RecordedData {
  const { count } = summary;
  const mean = summary.mean * factor;
  const sd = summary.sd * factor;
  const problem =
    !Number.isInteger(count) || count < 1
      ? `it sums up ${count} samples`
      : !(Number.isFinite(mean) && mean > 0)
        ? 'its mean is not a positive number'
        : !(Number.isFinite(sd) && sd >= 0)
          ? 'its standard deviation is not a number, or negative'
          : undefined;
  if (problem !== undefined) throw recordingsErrors.create('recordings/bad-sample', { ...whose, problem });
  return { state: 'summary', count, mean, sd };
}

/** Time per operation, from values in a unit of `factor` nanoseconds. */
export function timeMetric(data: RecordedData): RecordedMetric {
  return {
    name: 'time per operation',
    unit: 'ns/op',
    better: 'lower',
    witness: 'wall',
    exact: false,
    data,
  };
}

/** A benchmark whose figures could be read, or the reason why not: one broken benchmark does not take the others with it. */
export function readBenchmark(id: string, read: () => readonly RecordedMetric[]): RecordedBenchmark {
  try {
    return { state: 'read', id, metrics: read() };
  } catch (error) {
    if (!isAssayError(error)) throw error;
    return { state: 'broken', id, error };
  }
}

/** Benchmarks with each name once: those that share one are broken, all of them. */
export function withoutDuplicates(
  benchmarks: readonly RecordedBenchmark[],
  path: string,
): readonly RecordedBenchmark[] {
  const byId = new Map<string, RecordedBenchmark>();
  for (const benchmark of benchmarks) {
    const { id } = benchmark;
    const error = (): AssayError =>
      recordingsErrors.create('recordings/duplicate-name', { path, benchmark: id });
    byId.set(id, byId.has(id) ? { state: 'broken', id, error: error() } : benchmark);
  }
  return [...byId.values()];
}
