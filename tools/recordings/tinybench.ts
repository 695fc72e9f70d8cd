import { recordingsErrors } from './errors.ts';
import type { JsonView } from './json-view.ts';
import type { RecordedBenchmark } from './recording.ts';
import { readBenchmark, recordedSamples, recordedSummary, timeMetric } from './samples.ts';

const NS_PER_MS = 1e6;

/**
 * A task as tinybench tells it, inside the files of Vitest: its samples where they were retained, which it sorts, and
 * otherwise mean and standard deviation; milliseconds.
 *
 * @param counter field that holds the number of samples
 */
export function tinybenchTask(
  benchmark: string,
  statistics: JsonView,
  counter: 'sampleCount' | 'samplesCount',
  path: string,
): RecordedBenchmark {
  return readBenchmark(benchmark, () => {
    const whose = { path, benchmark };
    const samples = statistics.maybe('samples')?.samples() ?? [];
    if (samples.length > 0) {
      const scale = { factor: NS_PER_MS, zeros: false };
      return [timeMetric(recordedSamples([{ values: samples }], 'sorted', whose, scale))];
    }
    const count = (statistics.maybe(counter) ?? statistics.maybe('df'))?.number();
    if (count === undefined) {
      const problem = 'it has neither samples nor their number';
      throw recordingsErrors.create('recordings/no-samples', { ...whose, problem });
    }
    const summary = { count, mean: statistics.get('mean').number(), sd: statistics.get('sd').number() };
    return [timeMetric(recordedSummary(summary, whose, NS_PER_MS))];
  });
}
