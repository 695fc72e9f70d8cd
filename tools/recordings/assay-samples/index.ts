import { isObject, JsonView } from '../json-view.ts';
import type { RecordedBenchmark, RecordedProcess } from '../recording.ts';
import type { RecordingFormat } from '../recording-format.ts';
import { readBenchmark, recordedSamples, timeMetric, withoutDuplicates } from '../samples.ts';

const SCHEMA = 'nx-assay/bench-samples@1';
const title = 'nx-assay samples.json';

/**
 * `samples.json` of a bench run. It may hold both sides; the side asked for is taken where it is there, else the other
 * one, since a run without a base has only `head`. The pilot is left out: it chose the plan.
 */
const assaySamples: RecordingFormat = {
  id: 'assay-samples',
  title,
  recognises: (source) =>
    source.kind === 'json' &&
    isObject(source.value) &&
    String(source.value.schema).startsWith('nx-assay/bench-samples'),
  read(source, side) {
    const { path } = source;
    const root = new JsonView(source.kind === 'json' ? source.value : undefined, {
      path,
      format: title,
      at: '',
    });
    if (root.get('schema').text() !== SCHEMA) root.get('schema').fail(`is not ${SCHEMA}`);
    if (root.get('unit').text() !== 'ns/op') root.get('unit').fail('is not ns/op');
    const benchmarks = root
      .get('benchmarks')
      .items()
      .map((entry) => readOne(entry, side, path));
    return { machine: {}, runtimes: {}, remarks: [], benchmarks: withoutDuplicates(benchmarks, path) };
  },
};

export default assaySamples;

function readOne(entry: JsonView, side: 'base' | 'head', path: string): RecordedBenchmark {
  const benchmark = entry.get('subject').text();
  return readBenchmark(benchmark, () => {
    const replicates = entry
      .get('batches')
      .items()
      .filter((batch) => batch.get('role').text() !== 'pilot')
      .flatMap((batch) => batch.get('replicates').items());
    const has = replicates.some((replicate) => replicate.get('side').text() === side);
    const wanted = has ? side : side === 'base' ? 'head' : 'base';
    const processes = replicates
      .filter((replicate) => replicate.get('side').text() === wanted)
      .map((replicate): RecordedProcess => ({ values: replicate.get('chunks').samples() }));
    return [timeMetric(recordedSamples(processes, 'kept', { path, benchmark }, { factor: 1, zeros: false }))];
  });
}
