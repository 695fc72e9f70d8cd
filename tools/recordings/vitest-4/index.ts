import { isObject, JsonView } from '../json-view.ts';
import type { RecordingFormat } from '../recording-format.ts';
import { withoutDuplicates } from '../samples.ts';
import { tinybenchTask } from '../tinybench.ts';

const title = 'Vitest 4 --outputJson';

/** `vitest bench --outputJson=FILE` of Vitest up to 4: milliseconds of one process; by default only a summary. */
const vitest4: RecordingFormat = {
  id: 'vitest-4',
  title,
  recognises: (source) =>
    source.kind === 'json' &&
    isObject(source.value) &&
    Array.isArray(source.value.files) &&
    source.value.files.every((one) => isObject(one) && ('groups' in one || 'filepath' in one)),
  read(source) {
    const { path } = source;
    const root = new JsonView(source.kind === 'json' ? source.value : undefined, {
      path,
      format: title,
      at: '',
    });
    const benchmarks = root
      .get('files')
      .items()
      .flatMap((file) => file.get('groups').items())
      .flatMap((group) => {
        const suite = group.get('fullName').text().replaceAll(' > ', ' › ');
        return group
          .get('benchmarks')
          .items()
          .map((entry) =>
            tinybenchTask(`${suite} › ${entry.get('name').text()}`, entry, 'sampleCount', path),
          );
      });
    return { machine: {}, runtimes: {}, remarks: [], benchmarks: withoutDuplicates(benchmarks, path) };
  },
};

export default vitest4;
