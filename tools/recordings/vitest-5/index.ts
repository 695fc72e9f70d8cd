import { recordingsErrors } from '../errors.ts';
import { isObject, JsonView } from '../json-view.ts';
import type { RecordedBenchmark } from '../recording.ts';
import type { RecordingFormat } from '../recording-format.ts';
import { readBenchmark, withoutDuplicates } from '../samples.ts';
import { tinybenchTask } from '../tinybench.ts';

const title = 'Vitest 5 --reporter=json';

/** `vitest bench --reporter=json` of Vitest 5: milliseconds of one process, sorted; samples with `retainSamples` only. */
const vitest5: RecordingFormat = {
  id: 'vitest-5',
  title,
  recognises: (source) =>
    source.kind === 'json' &&
    isObject(source.value) &&
    Array.isArray(source.value.testResults) &&
    source.value.testResults.every((one) => isObject(one) && 'assertionResults' in one),
  read(source) {
    const { path } = source;
    const root = new JsonView(source.kind === 'json' ? source.value : undefined, {
      path,
      format: title,
      at: '',
    });
    const tests = root.get('testResults').items();
    const folder = commonFolder(tests.map((test) => test.maybe('name')?.text() ?? ''));
    const benchmarks = tests.flatMap((test) => {
      const file = (test.maybe('name')?.text() ?? '').slice(folder.length);
      return test
        .get('assertionResults')
        .items()
        .flatMap((assertion) => readTest(assertion, file, path));
    });
    return { machine: {}, runtimes: {}, remarks: [], benchmarks: withoutDuplicates(benchmarks, path) };
  },
};

export default vitest5;

function readTest(assertion: JsonView, file: string, path: string): readonly RecordedBenchmark[] {
  const titles =
    assertion
      .maybe('ancestorTitles')
      ?.items()
      .map((title) => title.text()) ?? [];
  const prefix = [file, ...titles, assertion.get('title').text()].filter(Boolean).join(' › ');
  const failed = assertion.maybe('status')?.value === 'failed';
  const tasks = (assertion.maybe('benchmarks')?.items() ?? []).flatMap((group) => group.get('tasks').items());
  if (failed) {
    const message = assertion.maybe('failureMessages')?.items()[0]?.value;
    const reason = String(message ?? 'its test failed').split('\n')[0] ?? '';
    const error = () =>
      recordingsErrors.create('recordings/failed-benchmark', { path, benchmark: prefix, reason });
    return [
      readBenchmark(prefix, () => {
        throw error();
      }),
    ];
  }
  return tasks.map((task) =>
    tinybenchTask(`${prefix} › ${task.get('name').text()}`, task.get('latency'), 'samplesCount', path),
  );
}

/** Absolute paths of two checkouts differ: what all files share is left out, up to the last folder. */
function commonFolder(names: readonly string[]): string {
  const [first = ''] = names;
  let end = first.lastIndexOf('/') + 1;
  while (end > 0 && !names.every((name) => name.startsWith(first.slice(0, end)))) {
    end = first.lastIndexOf('/', end - 2) + 1;
  }
  return first.slice(0, end);
}
