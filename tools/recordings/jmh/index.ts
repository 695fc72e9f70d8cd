import { recordingsErrors } from '../errors.ts';
import { isObject, JsonView } from '../json-view.ts';
import { machineFacts, oneMachine } from '../machine.ts';
import type { RecordedBenchmark, RecordedMetric, RecordedProcess } from '../recording.ts';
import type { RecordingFormat } from '../recording-format.ts';
import { readBenchmark, recordedSamples, withoutDuplicates } from '../samples.ts';
import { knownUnit } from '../units.ts';

const title = 'JMH JSON';

interface Whose {
  readonly path: string;
  readonly benchmark: string;
}

/** `-rf json`: `rawData[fork][iteration]`; every fork is a process. It names the JVM and no machine. */
const jmh: RecordingFormat = {
  id: 'jmh',
  title,
  recognises: (source) =>
    source.kind === 'json' &&
    Array.isArray(source.value) &&
    source.value.some(
      (one) => isObject(one) && ('primaryMetric' in one || ('benchmark' in one && 'mode' in one)),
    ),
  read(source) {
    const { path } = source;
    const root = new JsonView(source.kind === 'json' ? source.value : undefined, {
      path,
      format: title,
      at: '',
    });
    const entries = root.items();
    const runtimes = entries.map((entry) => {
      const { vmName, vmVersion, jmhVersion } = entry.fields();
      return machineFacts({ jvm: [vmName, vmVersion].filter(Boolean).join(' '), jmh: jmhVersion });
    });
    const benchmarks = entries.map((entry) => readOne(entry, path));
    return {
      machine: {},
      runtimes: oneMachine(runtimes, path),
      remarks: [],
      benchmarks: withoutDuplicates(benchmarks, path),
    };
  },
};

export default jmh;

function readOne(entry: JsonView, path: string): RecordedBenchmark {
  const params = Object.entries(entry.maybe('params')?.fields() ?? {});
  const list = params.map(([name, value]) => `${name}=${String(value)}`).join(', ');
  const name = `${entry.get('benchmark').text()}${list === '' ? '' : ` [${list}]`}`;
  const mode = entry.get('mode').text();
  const benchmark = mode === 'avgt' || mode === 'thrpt' ? name : `${name} (${mode})`;
  return readBenchmark(benchmark, () => {
    const whose = { path, benchmark };
    const primary = metricOf(entry.get('primaryMetric'), whose);
    if ((mode === 'thrpt') !== (primary.better === 'higher')) {
      const units = `its mode is '${mode}', and its unit is '${entry.get('primaryMetric').get('scoreUnit').text()}'`;
      throw recordingsErrors.create('recordings/contradictory-units', { ...whose, units });
    }
    const secondary = entry.maybe('secondaryMetrics');
    const allocated = Object.keys(secondary?.fields() ?? {}).find((key) =>
      key.endsWith('gc.alloc.rate.norm'),
    );
    if (allocated === undefined || secondary === undefined) return [primary];
    return [primary, metricOf(secondary.get(allocated), whose)];
  });
}

function metricOf(metric: JsonView, whose: Whose): RecordedMetric {
  const text = metric.get('scoreUnit').text();
  const unit = knownUnit(text);
  if (unit.better === 'unknown')
    throw recordingsErrors.create('recordings/unknown-unit', { ...whose, unit: text });
  const raw = metric.maybe('rawData');
  const processes: readonly RecordedProcess[] = raw
    ? raw.items().map((fork) => ({ values: fork.samples() }))
    : metric
        .get('rawDataHistogram')
        .items()
        .map((fork) => ({ values: fork.items().map(histogramMean) }));
  const zeros = unit.witness === 'memory';
  return {
    name: unit.name,
    unit: unit.unit,
    better: unit.better,
    witness: unit.witness,
    exact: false,
    data: recordedSamples(processes, 'kept', whose, { factor: unit.factor, zeros }),
  };
}

/** Mean of one iteration in sampling mode: pairs of value and count. */
function histogramMean(iteration: JsonView): number {
  let sum = 0;
  let count = 0;
  for (const pair of iteration.items()) {
    const [value = Number.NaN, times = Number.NaN] = pair.samples();
    sum += value * times;
    count += times;
  }
  return sum / count;
}
