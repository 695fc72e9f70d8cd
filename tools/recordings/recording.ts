import type { AssayError } from '../kernel/errors/assay-error.ts';

/** What one process measured, in the order in which it stands in the file; in the metric's unit. */
export interface RecordedProcess {
  readonly values: readonly number[];
  /** Milliseconds since 1970, where the file says. */
  readonly startedAtMs?: number;
}

/**
 * What a file keeps of one figure of one benchmark.
 * - `samples`: single measurements, in the order taken (`kept`) or put in order of size (`sorted`), by process.
 * - `summary`: a centre and a spread instead of them.
 */
export type RecordedData =
  | {
      readonly state: 'samples';
      readonly order: 'kept' | 'sorted';
      readonly processes: readonly RecordedProcess[];
    }
  | {
      readonly state: 'summary';
      /** How many measurements it sums up. */
      readonly count: number;
      readonly mean: number;
      /** Standard deviation of the measurements, not of their mean. */
      readonly sd: number;
    };

/** One figure of a benchmark. Times are in `ns/op`, bytes in `B/op`, whatever the file had. */
export interface RecordedMetric {
  readonly name: string;
  readonly unit: string;
  /** `unknown`: no file and no convention says which way is better. */
  readonly better: 'lower' | 'higher' | 'unknown';
  readonly witness: 'wall' | 'cpu' | 'memory' | 'allocations' | 'reported';
  /** The file declares that this figure does not vary (`Unit … assume=exact`). */
  readonly exact: boolean;
  readonly data: RecordedData;
}

/** One benchmark of a file. One that cannot be used is kept, with the reason: nothing vanishes. */
export type RecordedBenchmark =
  | { readonly state: 'read'; readonly id: string; readonly metrics: readonly RecordedMetric[] }
  | { readonly state: 'broken'; readonly id: string; readonly error: AssayError };

/** Where a file was recorded, as far as it says: processor, host, cores, … */
export type RecordedMachine = Readonly<Record<string, string>>;

/** A file of another tool, read. */
export interface Recording {
  /** Id of the format, which is the name of its folder. */
  readonly format: string;
  /** As given by the user. */
  readonly path: string;
  readonly machine: RecordedMachine;
  /** Versions of language and library by name, where the file tells. */
  readonly runtimes: Readonly<Record<string, string>>;
  /** At least one. */
  readonly benchmarks: readonly RecordedBenchmark[];
  /** What the reader should know of the recording itself: a debug build, frequency scaling, … */
  readonly remarks: readonly string[];
  /** The name of a benchmark is the command it ran, which may differ between two versions. */
  readonly namedByCommand?: boolean;
}
