import type { DriveRequest, DriveResult } from '../../harnesses/harness.ts';
import type { PairRequest, PairResult } from '../../harnesses/turns.ts';
import type { Plan } from '../plan/plan.ts';
import type { Batch, BenchmarkSamples, JudgePolicy } from '../types.ts';

/** Runs one fresh process of one side. */
export type Drive = (request: DriveRequest) => Promise<DriveResult>;

/** Runs one fresh process of each side, taking turns. */
export type DriveInTurns = (pair: PairRequest) => Promise<PairResult>;

export type SideName = 'base' | 'head';
export type Phase = 'list' | 'calibrate' | 'pilot' | 'main' | 'confirm';

export interface MeasureProgress {
  readonly phase: Phase;
  /** Benchmarks that share the processes now running. */
  readonly benchmarks: readonly string[];
  /** Pairs done and planned in this phase. */
  readonly done: number;
  readonly total: number;
  /** Units of this file finished and there in all. */
  readonly unitsDone: number;
  readonly units: number;
  /** Estimate for the rest of this phase. */
  readonly remainingMs: number;
  /** Once the noise is known: the smallest relative change that the plan expects to find. */
  readonly resolves?: number | undefined;
}

export interface MeasureRequest {
  /** Without `base`, head alone is measured: a value with its interval and no comparison. */
  readonly drive: { readonly head: Drive; readonly base?: Drive | undefined };
  /** Where processes of this file can take turns; see `Turns` of the harnesses. */
  readonly driveInTurns?: DriveInTurns | undefined;
  readonly file: string;
  /** Names within the file; absent: all that are listed. */
  readonly benchmarks?: readonly string[] | undefined;
  /** What shares one process; see `Harness.isolation`. */
  readonly isolation: 'benchmark' | 'file';
  readonly policy: JudgePolicy;
  /** Time for one benchmark, both sides, pilot and confirming batch included. */
  readonly budgetMs: number;
  readonly processTimeoutMs: number;
  /** Attempt at this pair of versions, from 1; kept in the batches. */
  readonly attempt?: number | undefined;
  /** Batches of earlier attempts at this pair of versions: they take part in deciding who is a suspect. */
  readonly earlier?: ((name: string) => readonly Batch[] | undefined) | undefined;
  /** Decides the order of processes; the file's name where absent. */
  readonly seed?: number | undefined;
  /** Milliseconds that never run backwards. */
  readonly clock: () => number;
  /** Subject id of a benchmark; `<file> › <name>` where absent. */
  readonly subjectOf?: ((name: string) => string) | undefined;
  readonly onProgress?: ((progress: MeasureProgress) => void) | undefined;
  /** Once aborted, no further process starts; what was measured so far is returned with `stopped`. */
  readonly signal?: AbortSignal | undefined;
}

/** Why a benchmark has no samples, or not enough of them. */
export interface MeasureFailure {
  /** Empty where the whole file is meant. */
  readonly name: string;
  readonly side: SideName;
  readonly phase: Phase;
  readonly kind: 'failed' | 'killed' | 'timed-out' | 'not-found' | 'silent';
  readonly reason: string;
  /** End of what the process printed; may be empty. */
  readonly output: string;
}

export interface MeasuredBenchmark {
  readonly name: string;
  /** Line in the file, where the harness knows it. */
  readonly line?: number | undefined;
  readonly samples: BenchmarkSamples;
  readonly plan: Plan;
  /** What the reader should know about how it was measured. */
  readonly notes: readonly string[];
}

export interface GroupResult {
  readonly file: string;
  readonly measured: readonly MeasuredBenchmark[];
  readonly failures: readonly MeasureFailure[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  /** On head alone (new) and on the base alone (removed): no comparison. */
  readonly onlyHead: readonly string[];
  readonly onlyBase: readonly string[];
  readonly duplicates: readonly string[];
  /** Real paths of modules that processes loaded, by side. */
  readonly loaded: Readonly<Record<SideName, readonly string[]>>;
  readonly processes: number;
  readonly elapsedMs: number;
  /** Set where the signal ended it early. */
  readonly stopped: boolean;
}
