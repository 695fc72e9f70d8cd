import { median, seededRandom, shuffled } from '../../kernel/statistics/index.ts';
import type { RecordedBenchmark, RecordedMetric } from '../../recordings/index.ts';
import type { DriveOutcome, DriveRequest } from '../harness.ts';

type Sampled = Extract<DriveOutcome, { state: 'sampled' }>;

/** What one run of a command told of one benchmark, as the answer to a request. */
export function outcomeOf(name: string, benchmark: RecordedBenchmark, request: DriveRequest): DriveOutcome {
  if (benchmark.state === 'broken') return { state: 'failed', name, reason: benchmark.error.message };
  const time = benchmark.metrics.find(({ unit }) => unit === 'ns/op') ?? fromRate(benchmark.metrics);
  if (time === undefined)
    return { state: 'failed', name, reason: 'no time per operation was recorded of it' };
  const samples = samplesOf(time);
  if (request.mode === 'list') return { state: 'listed', name };
  if (request.mode === 'calibrate') {
    return {
      state: 'calibrated',
      name,
      iterations: 1,
      overheadNs: 0,
      resolutionNs: 1,
      nsPerOp: median(samples),
    };
  }
  // The tool warmed up as it saw fit; where our pilot saw more of it, leading samples count as warm-up, never all.
  const warmup = Math.min(request.warmup[name] ?? 0, Math.floor(samples.length / 2));
  return {
    state: 'sampled',
    name,
    iterations: 1,
    warmup: samples.slice(0, warmup),
    chunks: samples.slice(warmup, warmup + Math.max(1, request.chunks)),
    extra: benchmark.metrics.filter((metric) => metric !== time).flatMap(extraOf),
  };
}

/** Time of one operation where only their rate was recorded. */
function fromRate(metrics: readonly RecordedMetric[]): RecordedMetric | undefined {
  const rate = metrics.find(({ unit }) => unit === 'ops/s');
  if (rate?.data.state !== 'samples') return undefined;
  const processes = rate.data.processes.map(({ values }) => ({ values: values.map((value) => 1e9 / value) }));
  return { ...rate, unit: 'ns/op', better: 'lower', data: { ...rate.data, processes } };
}

/** In the order taken. Sorted ones are mixed, the same way each time: their order would look like a drift. */
function samplesOf({ data }: RecordedMetric): readonly number[] {
  if (data.state === 'summary') return [data.mean];
  const values = data.processes.flatMap((process) => process.values);
  return data.order === 'sorted' ? shuffled(values, seededRandom(values.length)) : values;
}

function extraOf({ name, unit, better, data }: RecordedMetric): Sampled['extra'] {
  if (better === 'unknown') return [];
  const value =
    data.state === 'summary' ? data.mean : median(data.processes.flatMap((process) => process.values));
  return [{ name, unit, value, better }];
}
