import { recordingsErrors } from '../errors.ts';
import { isObject, JsonView } from '../json-view.ts';
import type { RecordedBenchmark } from '../recording.ts';
import type { RecordingFormat } from '../recording-format.ts';
import {
  readBenchmark,
  recordedSamples,
  recordedSummary,
  timeMetric,
  withoutDuplicates,
} from '../samples.ts';

const title = 'hyperfine JSON';
const NS_PER_SECOND = 1e9;

/** `hyperfine --export-json FILE`: seconds of each run, in order; every run is a process. It names no machine. */
const hyperfine: RecordingFormat = {
  id: 'hyperfine',
  title,
  recognises: (source) =>
    source.kind === 'json' &&
    isObject(source.value) &&
    Array.isArray(source.value.results) &&
    source.value.results.every((one) => isObject(one) && 'command' in one),
  read(source) {
    const { path } = source;
    const root = new JsonView(source.kind === 'json' ? source.value : undefined, {
      path,
      format: title,
      at: '',
    });
    const benchmarks = root
      .get('results')
      .items()
      .map((entry) => readOne(entry, path));
    return {
      machine: {},
      runtimes: {},
      remarks: [],
      namedByCommand: true,
      benchmarks: withoutDuplicates(benchmarks, path),
    };
  },
};

export default hyperfine;

function readOne(entry: JsonView, path: string): RecordedBenchmark {
  const command = entry.get('command').text();
  const parameters = Object.entries(entry.maybe('parameters')?.fields() ?? {});
  const suffix = parameters.map(([name, value]) => `${name}=${String(value)}`).join(', ');
  const benchmark = suffix === '' ? command : `${command} [${suffix}]`;
  return readBenchmark(benchmark, () => {
    const whose = { path, benchmark };
    const codes =
      entry
        .maybe('exit_codes')
        ?.items()
        .map(({ value }) => value) ?? [];
    const failed = codes.filter((code) => code !== 0).length;
    if (failed > 0) {
      const reason = `${failed} of ${codes.length} runs ended with another exit code than 0`;
      throw recordingsErrors.create('recordings/failed-benchmark', { ...whose, reason });
    }
    const times = entry.maybe('times');
    if (times !== undefined) {
      const processes = times.samples().map((value) => ({ values: [value] }));
      return [timeMetric(recordedSamples(processes, 'kept', whose, { factor: NS_PER_SECOND, zeros: false }))];
    }
    if (codes.length === 0) {
      const problem = 'it has neither times nor the number of runs';
      throw recordingsErrors.create('recordings/no-samples', { ...whose, problem });
    }
    const summary = {
      count: codes.length,
      mean: entry.get('mean').number(),
      sd: entry.get('stddev').number(),
    };
    return [timeMetric(recordedSummary(summary, whose, NS_PER_SECOND))];
  });
}
