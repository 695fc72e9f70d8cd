import { recordingsErrors } from '../errors.ts';
import { isObject, JsonView } from '../json-view.ts';
import { machineFacts } from '../machine.ts';
import type { RecordedBenchmark, RecordedMetric } from '../recording.ts';
import type { RecordingFormat } from '../recording-format.ts';
import { readBenchmark, recordedSamples, recordedSummary, timeMetric } from '../samples.ts';
import { nanosecondsOf } from '../units.ts';

const title = 'Google Benchmark JSON';

/**
 * `--benchmark_out=FILE --benchmark_out_format=json`: one entry a repetition, in order, of one process; with
 * `--benchmark_report_aggregates_only` mean and standard deviation instead. Judged by the real time.
 */
const googleBenchmark: RecordingFormat = {
  id: 'google-benchmark',
  title,
  recognises: (source) =>
    source.kind === 'json' &&
    isObject(source.value) &&
    Array.isArray(source.value.benchmarks) &&
    (source.value.benchmarks.some(
      (one) => isObject(one) && ('run_type' in one || 'real_time' in one || 'time_unit' in one),
    ) ||
      (isObject(source.value.context) && 'library_build_type' in source.value.context)),
  read(source) {
    const { path } = source;
    const root = new JsonView(source.kind === 'json' ? source.value : undefined, {
      path,
      format: title,
      at: '',
    });
    const context = root.maybe('context')?.fields() ?? {};
    const groups = new Map<string, JsonView[]>();
    for (const entry of root.get('benchmarks').items()) {
      const name = nameOf(entry);
      groups.set(name, [...(groups.get(name) ?? []), entry]);
    }
    const debug = context.library_build_type === 'debug';
    const scaling = context.cpu_scaling_enabled === true;
    return {
      machine: machineFacts({ host: context.host_name, cores: context.num_cpus }),
      runtimes: machineFacts({ 'google-benchmark': context.library_version }),
      remarks: [
        ...(debug ? ['the benchmark library was built for debugging'] : []),
        ...(scaling ? ['the processor changed its frequency (cpu_scaling_enabled)'] : []),
      ],
      benchmarks: [...groups].map(([name, entries]) => readOne(name, entries, path)),
    };
  },
};

export default googleBenchmark;

function nameOf(entry: JsonView): string {
  const name = (entry.maybe('run_name') ?? entry.get('name')).text();
  const aggregate = entry.maybe('aggregate_name')?.text();
  return !entry.has('run_name') && aggregate !== undefined && name.endsWith(`_${aggregate}`)
    ? name.slice(0, -aggregate.length - 1)
    : name;
}

function readOne(benchmark: string, entries: readonly JsonView[], path: string): RecordedBenchmark {
  return readBenchmark(benchmark, (): readonly RecordedMetric[] => {
    const whose = { path, benchmark };
    for (const entry of entries) {
      if (entry.maybe('error_occurred')?.value === true || entry.maybe('skipped')?.value !== undefined) {
        const reason = String(
          entry.maybe('error_message')?.value ?? entry.maybe('skip_message')?.value ?? 'it says no more',
        );
        throw recordingsErrors.create('recordings/failed-benchmark', { ...whose, reason });
      }
    }
    const runs = entries.filter((entry) => entry.maybe('run_type')?.value !== 'aggregate');
    if (runs.length > 0) {
      const values = runs.map((run) => timeOf(run, whose));
      return [timeMetric(recordedSamples([{ values }], 'kept', whose, { factor: 1, zeros: false }))];
    }
    const aggregate = (name: string): JsonView | undefined =>
      entries.find((entry) => entry.maybe('aggregate_name')?.value === name);
    const [mean, sd] = [aggregate('mean'), aggregate('stddev')];
    if (mean === undefined || sd === undefined) {
      const problem = 'its repetitions are left out, and mean or standard deviation too';
      throw recordingsErrors.create('recordings/no-samples', { ...whose, problem });
    }
    const count = (mean.maybe('repetitions') ?? mean.get('iterations')).number();
    const summary = { count, mean: timeOf(mean, whose), sd: timeOf(sd, whose) };
    return [timeMetric(recordedSummary(summary, whose, 1))];
  });
}

/** Nanoseconds. A value that is no number becomes NaN, which the check of samples reports by its place. */
function timeOf(entry: JsonView, whose: { readonly path: string; readonly benchmark: string }): number {
  const unit = entry.maybe('time_unit')?.text() ?? 'ns';
  const factor = nanosecondsOf(unit);
  if (factor === undefined) throw recordingsErrors.create('recordings/unknown-unit', { ...whose, unit });
  const time = entry.maybe('real_time')?.value;
  return typeof time === 'number' ? time * factor : Number.NaN;
}
