import { recordingsErrors } from '../errors.ts';
import { isObject, JsonView } from '../json-view.ts';
import { machineFacts } from '../machine.ts';
import type { RecordedBenchmark, RecordedMetric } from '../recording.ts';
import type { RecordingFormat } from '../recording-format.ts';
import { readBenchmark, recordedSamples, timeMetric, withoutDuplicates } from '../samples.ts';

const title = 'mitata JSON';

/** `run({ format: { json: … } })`: nanoseconds of one process, sorted, the extremes cut off. */
const mitata: RecordingFormat = {
  id: 'mitata',
  title,
  recognises: (source) =>
    source.kind === 'json' &&
    isObject(source.value) &&
    Array.isArray(source.value.benchmarks) &&
    ('layout' in source.value ||
      (isObject(source.value.context) && 'noop' in source.value.context) ||
      source.value.benchmarks.some((one) => isObject(one) && 'alias' in one && 'runs' in one)),
  read(source) {
    const { path } = source;
    const root = new JsonView(source.kind === 'json' ? source.value : undefined, {
      path,
      format: title,
      at: '',
    });
    const context = root.maybe('context')?.fields() ?? {};
    const cpu = isObject(context.cpu) ? context.cpu.name : undefined;
    const runtime = typeof context.runtime === 'string' ? context.runtime : 'runtime';
    const groups =
      root
        .maybe('layout')
        ?.items()
        .map((group) => group.maybe('name')?.value) ?? [];
    const benchmarks = root
      .get('benchmarks')
      .items()
      .flatMap((entry) => {
        const group = groups[Number(entry.maybe('group')?.value ?? -1)];
        const prefix = typeof group === 'string' && group !== '' ? `${group} › ` : '';
        return entry
          .get('runs')
          .items()
          .map((run) => readOne(run, entry, prefix, path));
      });
    return {
      machine: machineFacts({ cpu, arch: context.arch }),
      runtimes: machineFacts({ [runtime]: context.version }),
      remarks: [],
      benchmarks: withoutDuplicates(benchmarks, path),
    };
  },
};

export default mitata;

function readOne(run: JsonView, entry: JsonView, prefix: string, path: string): RecordedBenchmark {
  const benchmark = `${prefix}${(run.maybe('name') ?? entry.get('alias')).text()}`;
  return readBenchmark(benchmark, (): readonly RecordedMetric[] => {
    const whose = { path, benchmark };
    const error = run.maybe('error');
    if (error !== undefined) {
      const reason = String(error.maybe('message')?.value ?? 'it threw');
      throw recordingsErrors.create('recordings/failed-benchmark', { ...whose, reason });
    }
    const stats = run.get('stats');
    const samples = stats.maybe('samples')?.samples() ?? [];
    if (samples.length === 0) {
      const problem = 'its samples were left out, and the averages say nothing of their spread';
      throw recordingsErrors.create('recordings/no-samples', { ...whose, problem });
    }
    return [timeMetric(recordedSamples([{ values: samples }], 'sorted', whose, { factor: 1, zeros: false }))];
  });
}
