import { isObject } from '../json-view.ts';
import type { Recording } from '../recording.ts';
import type { RecordedSource, RecordingFormat } from '../recording-format.ts';
import { withoutDuplicates } from '../samples.ts';
import { readFolder, readSingle } from './folder.ts';
import { readMessages } from './messages.ts';
import { CSV_HEADER, readCsv } from './raw-csv.ts';

/**
 * Criterion.rs: a folder (`target/criterion`, or one below it) with `new/sample.json` and `new/estimates.json`, one such
 * file by itself, `raw.csv`, or the messages of `cargo criterion --message-format=json`. One process, in order.
 */
const criterion: RecordingFormat = {
  id: 'criterion',
  title: 'Criterion (target/criterion, raw.csv, messages of cargo-criterion)',
  recognises(source) {
    switch (source.kind) {
      case 'folder':
        return source.files.size > 0;
      case 'text':
        return CSV_HEADER.test(source.text);
      case 'json-lines':
        return source.values.some(isMessage);
      case 'json':
        return isMessage(source.value) || isSample(source.value) || isEstimates(source.value);
    }
  },
  read(source): Omit<Recording, 'format' | 'path'> {
    const benchmarks = withoutDuplicates(benchmarksOf(source), source.path);
    return { machine: {}, runtimes: {}, remarks: [], benchmarks };
  },
};

export default criterion;

function benchmarksOf(source: RecordedSource) {
  switch (source.kind) {
    case 'folder':
      return readFolder(source.files, source.path);
    case 'text':
      return readCsv(source.text, source.path);
    case 'json-lines':
      return readMessages(source.values, source.path);
    case 'json':
      return isMessage(source.value)
        ? readMessages([source.value], source.path)
        : readSingle(source.value, source.path);
  }
}

function isMessage(value: unknown): boolean {
  return isObject(value) && (value.reason === 'benchmark-complete' || value.reason === 'group-complete');
}

function isSample(value: unknown): boolean {
  return isObject(value) && 'iters' in value && 'times' in value;
}

function isEstimates(value: unknown): boolean {
  return isObject(value) && isObject(value.mean) && 'point_estimate' in value.mean;
}
