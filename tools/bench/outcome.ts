import type { RecordedJudgement } from '../compare/recorded/judge-recorded.ts';
import type { BenchmarkSamples, Judgement } from '../compare/types.ts';
import type { AssayError } from '../kernel/errors/assay-error.ts';

/** A figure that the library reported beside time, over the processes of one side. */
export interface ExtraFigure {
  readonly name: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  readonly head: number;
  readonly base?: number;
}

/** A figure that this machine cannot give, and why. */
export interface MissingFigure {
  readonly name: string;
  readonly reason: string;
}

/** Where a benchmark stands in the workspace. */
export interface BenchmarkOrigin {
  /** Subject id: `<file › suite › name [parameters]>`. */
  readonly subject: string;
  readonly title: string;
  /** Relative to the workspace root. */
  readonly file: string;
  readonly line?: number;
}

/** Head alone: nanoseconds per operation with their interval over processes. */
export interface OneSided {
  readonly statistic: 'floor' | 'median' | 'mean';
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly confidence: number;
}

/** A floor set against a committed baseline. */
export interface BaselineJudgement extends RecordedJudgement {
  /** Where the baseline lies, relative to the workspace root. */
  readonly file: string;
  /** Content hash of what is recorded of the benchmark, on all classes of machine. */
  readonly content: string;
  readonly value: number;
  readonly recorded: readonly [number, number];
}

/** What a run found out of one benchmark; everything that a Report says of it follows from this and policy. */
export type BenchmarkOutcome =
  | (BenchmarkOrigin & {
      readonly state: 'compared';
      readonly samples: BenchmarkSamples;
      readonly judgement: Judgement;
      /** Relative change that the plan expected to find, before anything was measured. */
      readonly promised?: number;
      readonly extras: readonly ExtraFigure[];
      readonly missing?: readonly MissingFigure[];
    })
  | (BenchmarkOrigin & {
      readonly state: 'measured';
      readonly samples: BenchmarkSamples;
      readonly figures: readonly OneSided[];
      readonly extras: readonly ExtraFigure[];
      readonly missing?: readonly MissingFigure[];
      /** Why there is nothing to compare with, where a base was given: the benchmark is new. */
      readonly newBecause?: string;
      readonly baseline?: BaselineJudgement;
    })
  | (BenchmarkOrigin & { readonly state: 'identical' })
  | (BenchmarkOrigin & { readonly state: 'inconclusive'; readonly reason: string })
  | (BenchmarkOrigin & {
      readonly state: 'failed';
      readonly side: 'base' | 'head';
      readonly reason: string;
      /** Where it failed for a reason that has a remedy of its own. */
      readonly error?: AssayError;
    })
  | (BenchmarkOrigin & { readonly state: 'skipped'; readonly reason: string });
