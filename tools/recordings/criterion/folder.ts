import { recordingsErrors } from '../errors.ts';
import { JsonView } from '../json-view.ts';
import type { RecordedBenchmark } from '../recording.ts';
import { readBenchmark, recordedSummary, timeMetric } from '../samples.ts';
import { perIteration } from './per-iteration.ts';

const format = 'Criterion';

/** Benchmarks of a folder: wherever `sample.json` or `estimates.json` lies, in `new/` or at its top. */
export function readFolder(files: ReadonlyMap<string, unknown>, path: string): readonly RecordedBenchmark[] {
  const folders = new Map<string, Map<string, unknown>>();
  for (const [file, value] of files) {
    const [, folder = '', name = ''] = /^(?:(.*)\/)?([^/]+)$/.exec(file) ?? [];
    folders.set(folder, (folders.get(folder) ?? new Map()).set(name, value));
  }
  return [...folders].map(([folder, parts]) => {
    const meta = parts.get('benchmark.json');
    const named = folder.replace(/(?:^|\/)new$/, '');
    const at = `${path}/${folder}`;
    const id = meta === undefined ? named || lastPart(path) : fullId(meta, at);
    return readParts(id, parts.get('sample.json'), parts.get('estimates.json'), at);
  });
}

/** One `sample.json` or `estimates.json` by itself, which does not name its benchmark: both sides are `benchmark`. */
export function readSingle(value: unknown, path: string): readonly RecordedBenchmark[] {
  const isSample = new JsonView(value, { path, format, at: '' }).has('times');
  return [
    isSample
      ? readParts('benchmark', value, undefined, path)
      : readParts('benchmark', undefined, value, path),
  ];
}

function fullId(meta: unknown, path: string): string {
  return new JsonView(meta, { path: `${path}/benchmark.json`, format, at: '' }).get('full_id').text();
}

function lastPart(path: string): string {
  return (
    path
      .split(/[\\/]/)
      .filter(Boolean)
      .findLast((part) => part !== 'new') ?? 'benchmark'
  );
}

function readParts(benchmark: string, sample: unknown, estimates: unknown, path: string): RecordedBenchmark {
  return readBenchmark(benchmark, () => {
    const whose = { path, benchmark };
    if (sample !== undefined) {
      const view = new JsonView(sample, { path, format, at: 'sample.json' });
      return perIteration(view.get('times').samples(), view.get('iters').samples(), 'ns', whose);
    }
    if (estimates === undefined) {
      const problem = 'neither sample.json nor estimates.json is there';
      throw recordingsErrors.create('recordings/no-samples', { ...whose, problem });
    }
    const view = new JsonView(estimates, { path, format, at: 'estimates.json' });
    const mean = view.get('mean');
    const sd = view.get('std_dev').get('point_estimate').number();
    // How many samples there were follows from the standard error of the mean; Criterion takes ten at least.
    const error = mean.get('standard_error').number();
    const count = error > 0 && sd > 0 ? Math.round((sd / error) ** 2) : 10;
    const summary = {
      count: Math.min(Math.max(count, 2), 1_000_000),
      mean: mean.get('point_estimate').number(),
      sd,
    };
    return [timeMetric(recordedSummary(summary, whose, 1))];
  });
}
