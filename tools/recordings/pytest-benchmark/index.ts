import { isObject, JsonView } from '../json-view.ts';
import { machineFacts } from '../machine.ts';
import type { RecordedBenchmark } from '../recording.ts';
import type { RecordingFormat } from '../recording-format.ts';
import {
  readBenchmark,
  recordedSamples,
  recordedSummary,
  timeMetric,
  withoutDuplicates,
} from '../samples.ts';

const title = 'pytest-benchmark JSON';
const NS_PER_SECOND = 1e9;

/** `pytest --benchmark-json=FILE`: seconds per operation of each round, in order, of one process. */
const pytestBenchmark: RecordingFormat = {
  id: 'pytest-benchmark',
  title,
  recognises: (source) =>
    source.kind === 'json' &&
    isObject(source.value) &&
    'benchmarks' in source.value &&
    ('machine_info' in source.value || 'commit_info' in source.value || hasStats(source.value.benchmarks)),
  read(source) {
    const { path } = source;
    const root = new JsonView(source.kind === 'json' ? source.value : undefined, {
      path,
      format: title,
      at: '',
    });
    const machine = root.maybe('machine_info');
    const info = machine?.fields() ?? {};
    const cpu = machine?.maybe('cpu')?.fields() ?? {};
    const benchmarks = root
      .get('benchmarks')
      .items()
      .map((entry) => readOne(entry, path));
    return {
      machine: machineFacts({
        host: info.node,
        cpu: cpu.brand_raw ?? cpu.brand ?? info.processor,
        cores: cpu.count,
        os: info.system,
        arch: info.machine,
      }),
      runtimes: machineFacts({ python: info.python_version }),
      remarks: [],
      benchmarks: withoutDuplicates(benchmarks, path),
    };
  },
};

export default pytestBenchmark;

function hasStats(benchmarks: unknown): boolean {
  return (
    Array.isArray(benchmarks) &&
    benchmarks.some((one) => isObject(one) && isObject(one.stats) && 'rounds' in one.stats)
  );
}

function readOne(entry: JsonView, path: string): RecordedBenchmark {
  const benchmark = (entry.maybe('fullname') ?? entry.get('name')).text();
  return readBenchmark(benchmark, () => {
    const stats = entry.get('stats');
    const whose = { path, benchmark };
    const data = stats.maybe('data');
    if (data !== undefined) {
      const values = data.samples();
      return [
        timeMetric(recordedSamples([{ values }], 'kept', whose, { factor: NS_PER_SECOND, zeros: false })),
      ];
    }
    const summary = {
      count: stats.get('rounds').number(),
      mean: stats.get('mean').number(),
      sd: stats.get('stddev').number(),
    };
    return [timeMetric(recordedSummary(summary, whose, NS_PER_SECOND))];
  });
}
