import { isObject } from '../json-view.ts';
import { oneMachine } from '../machine.ts';
import type { RecordedBenchmark } from '../recording.ts';
import type { RecordedSource, RecordingFormat } from '../recording-format.ts';
import { readBenchmark } from '../samples.ts';
import { metricsOf } from './metrics.ts';
import { type GoFile, type GoResult, parseGoText } from './parse.ts';

/**
 * Text of `go test -bench`, as benchstat reads it, and the events of `go test -json`. A line is a sample; what a header
 * (goos, pkg, …) begins is a process of its own.
 */
const goBenchmark: RecordingFormat = {
  id: 'go-benchmark',
  title: 'Go benchmark text',
  recognises: (source) => textOf(source) !== undefined,
  read(source) {
    const { path } = source;
    const file = parseGoText(textOf(source) ?? '', path);
    const procs = commonProcs(file);
    const groups = new Map<string, GoResult[]>();
    for (const result of file.results) {
      const id = idOf(result, procs);
      groups.set(id, [...(groups.get(id) ?? []), result]);
    }
    const machine = oneMachine(file.machines, path);
    return {
      machine: procs === undefined ? machine : { ...machine, cores: procs },
      runtimes: file.go === undefined ? {} : { go: file.go },
      remarks: file.failed ? ['the test run behind it failed (FAIL)'] : [],
      benchmarks: [...groups].map(
        ([benchmark, results]): RecordedBenchmark =>
          readBenchmark(benchmark, () => metricsOf(results, file.units, { path, benchmark })),
      ),
    };
  },
};

export default goBenchmark;

function textOf(source: RecordedSource): string | undefined {
  if (source.kind === 'text') {
    return /^(?:Benchmark\S|Unit\s|(?:goos|goarch|pkg|cpu):)/m.test(source.text) ? source.text : undefined;
  }
  const events = source.kind === 'json-lines' ? source.values : source.kind === 'json' ? [source.value] : [];
  const isEvents = events.length > 0 && events.every((event) => isObject(event) && 'Action' in event);
  if (!isEvents) return undefined;
  return events
    .map((event) => (isObject(event) && typeof event.Output === 'string' ? event.Output : ''))
    .join('');
}

/** The `-8` that every name ends in, which is GOMAXPROCS. Where names differ in it, it may be part of them. */
function commonProcs({ results }: GoFile): string | undefined {
  const suffixes = new Set(results.map(({ name }) => /-(\d+)$/.exec(name)?.[1]));
  const [only] = suffixes;
  return suffixes.size === 1 ? only : undefined;
}

function idOf({ name, pkg }: GoResult, procs: string | undefined): string {
  const short = procs === undefined ? name : name.slice(0, -procs.length - 1);
  return pkg === '' ? short : `${pkg} › ${short}`;
}
