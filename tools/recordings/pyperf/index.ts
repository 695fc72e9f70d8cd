import { recordingsErrors } from '../errors.ts';
import { isObject, JsonView } from '../json-view.ts';
import { machineFacts, oneMachine } from '../machine.ts';
import type { RecordedBenchmark, RecordedMetric, RecordedProcess } from '../recording.ts';
import type { RecordingFormat } from '../recording-format.ts';
import { readBenchmark, recordedSamples, timeMetric, withoutDuplicates } from '../samples.ts';

const title = 'pyperf JSON';

/** `pyperf … -o FILE`: values per operation of each run, which is a process. Calibration runs have none. */
const pyperf: RecordingFormat = {
  id: 'pyperf',
  title,
  recognises: (source) =>
    source.kind === 'json' &&
    isObject(source.value) &&
    Array.isArray(source.value.benchmarks) &&
    (source.value.benchmarks.some((one) => isObject(one) && 'runs' in one && !('alias' in one)) ||
      isPyperfVersion(source.value)),
  read(source) {
    const { path } = source;
    const root = new JsonView(source.kind === 'json' ? source.value : undefined, {
      path,
      format: title,
      at: '',
    });
    const common = root.maybe('metadata')?.fields() ?? {};
    const entries = root.get('benchmarks').items();
    // Metadata that all share stand at the top, that of a benchmark in it, that of a single run in the run.
    const layers = entries.flatMap((entry) => {
      const own = { ...common, ...entry.maybe('metadata')?.fields() };
      return entry
        .get('runs')
        .items()
        .map((run) => ({ ...own, ...run.maybe('metadata')?.fields() }));
    });
    const benchmarks = entries.map((entry) => readOne(entry, common, path));
    return {
      machine: oneMachine(layers.map(factsOf), path),
      runtimes: oneMachine(
        layers.map((layer) => machineFacts({ python: layer.python_version })),
        path,
      ),
      remarks: [],
      benchmarks: withoutDuplicates(benchmarks, path),
    };
  },
};

export default pyperf;

function isPyperfVersion(value: Readonly<Record<string, unknown>>): boolean {
  return typeof value.version === 'string' && isObject(value.metadata) && 'perf_version' in value.metadata;
}

type Metadata = Readonly<Record<string, unknown>>;

function factsOf(metadata: Metadata) {
  const { hostname: host, cpu_model_name: cpu, cpu_count: cores, platform: os } = metadata;
  return machineFacts({ host, cpu, cores, os });
}

function readOne(entry: JsonView, common: Metadata, path: string): RecordedBenchmark {
  const metadata: Metadata = { ...common, ...entry.maybe('metadata')?.fields() };
  const benchmark = typeof metadata.name === 'string' ? metadata.name : entry.fail('has no name');
  return readBenchmark(benchmark, () => {
    const runs = entry.get('runs').items();
    const units = new Set(
      runs.map((run) => String(run.maybe('metadata')?.maybe('unit')?.value ?? metadata.unit ?? 'second')),
    );
    const [unit = 'second', second] = units;
    if (second !== undefined) {
      const params = { path, benchmark, units: `'${unit}' and '${second}'` };
      throw recordingsErrors.create('recordings/contradictory-units', params);
    }
    const processes = runs.filter((run) => run.has('values')).map(processOf);
    return [metricOf(unit, processes, { path, benchmark })];
  });
}

function processOf(run: JsonView): RecordedProcess {
  const values = run.get('values').samples();
  const date = run.maybe('metadata')?.maybe('date')?.value;
  const startedAtMs = typeof date === 'string' ? Date.parse(`${date.replace(' ', 'T')}Z`) : Number.NaN;
  return Number.isFinite(startedAtMs) ? { values, startedAtMs } : { values };
}

function metricOf(
  unit: string,
  processes: readonly RecordedProcess[],
  whose: { readonly path: string; readonly benchmark: string },
): RecordedMetric {
  if (unit === 'second') {
    return timeMetric(recordedSamples(processes, 'kept', whose, { factor: 1e9, zeros: false }));
  }
  if (unit !== 'byte' && unit !== 'integer') {
    throw recordingsErrors.create('recordings/unknown-unit', { ...whose, unit });
  }
  const data = recordedSamples(processes, 'kept', whose, { factor: 1, zeros: true });
  return unit === 'byte'
    ? { name: 'memory', unit: 'B', better: 'lower', witness: 'memory', exact: false, data }
    : { name: 'count', unit: 'count', better: 'unknown', witness: 'reported', exact: false, data };
}
