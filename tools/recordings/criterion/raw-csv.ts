import { recordingsErrors } from '../errors.ts';
import type { RecordedBenchmark } from '../recording.ts';
import { readBenchmark } from '../samples.ts';
import { perIteration } from './per-iteration.ts';

/** Both headers that Criterion has written: with the unit, and the older one in nanoseconds. */
export const CSV_HEADER = /^\s*group,function,value,/;
const format = 'raw.csv of Criterion';

interface Row {
  readonly total: number;
  readonly unit: string;
  readonly iterations: number;
}

/**
 * `raw.csv`: a line a sample.
 *
 * @throws AssayError `recordings/truncated`, `recordings/malformed`
 */
export function readCsv(text: string, path: string): readonly RecordedBenchmark[] {
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const columns = header.split(',').map((name) => name.trim());
  const column = (...names: string[]): number => {
    const at = columns.findIndex((name) => names.includes(name));
    if (at >= 0) return at;
    const problem = `has no column '${names[0]}'`;
    throw recordingsErrors.create('recordings/malformed', { path, format, place: 'its first line', problem });
  };
  const total = column('sample_measured_value', 'sample_time_nanos');
  const iterations = column('iteration_count');
  const unit = columns.indexOf('unit');
  const groups = new Map<string, Row[]>();
  for (const line of lines) {
    const fields = fieldsOf(line);
    if (fields.length !== columns.length) {
      const detail = `a line has ${fields.length} of ${columns.length} fields`;
      throw recordingsErrors.create('recordings/truncated', { path, format, detail });
    }
    const id = fields.slice(0, 3).filter(Boolean).join('/');
    const row = {
      total: numberOf(fields[total]),
      unit: unit < 0 ? 'ns' : (fields[unit] ?? ''),
      iterations: numberOf(fields[iterations]),
    };
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return [...groups].map(([benchmark, rows]) => readRows(benchmark, rows, path));
}

function readRows(benchmark: string, rows: readonly Row[], path: string): RecordedBenchmark {
  return readBenchmark(benchmark, () => {
    const units = [...new Set(rows.map((row) => row.unit))];
    if (units.length > 1) {
      const both = units.map((unit) => `'${unit}'`).join(' and ');
      throw recordingsErrors.create('recordings/contradictory-units', { path, benchmark, units: both });
    }
    const totals = rows.map((row) => row.total);
    return perIteration(
      totals,
      rows.map((row) => row.iterations),
      units[0] ?? 'ns',
      { path, benchmark },
    );
  });
}

/** Fields of a line of CSV; quoted ones may hold commas. */
function fieldsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

function numberOf(text: string | undefined): number {
  return text !== undefined && text.trim() !== '' ? Number(text) : Number.NaN;
}
