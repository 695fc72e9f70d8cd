import type { CountSamples, Witness } from './count/types.ts';
import type { CountsBeside } from './count/with-counts.ts';
/** What one fresh process told about one benchmark: nanoseconds per operation of each chunk, in order. */
export interface Replicate {
  /** `head` twice in an A/A run; the judge never looks at more than the name of the side. */
  readonly side: 'base' | 'head';
  /** Pair of processes this one belongs to, counted from 0 over a batch. */
  readonly pair: number;
  /** Position in time over the whole run, counted from 0. */
  readonly sequence: number;
  readonly startedAtMs: number;
  readonly warmup: readonly number[];
  readonly chunks: readonly number[];
  readonly extra: readonly {
    readonly name: string;
    readonly unit: string;
    readonly value: number;
    readonly better: 'lower' | 'higher';
  }[];
  /** Figures that this machine cannot give, and why. */
  readonly missing?: readonly { readonly name: string; readonly reason: string }[];
}

/** Measured under one plan. `pilot` feeds the plan and never a verdict; `confirm` answers a suspect. */
export interface Batch {
  readonly role: 'pilot' | 'main' | 'confirm';
  readonly attempt: number;
  /** Both processes of a pair were alive at once and took turns on one core; else one ran after the other. */
  readonly turns?: boolean;
  readonly replicates: readonly Replicate[];
}

/** All samples of one benchmark, as kept in `samples.json`; enough to judge again without measuring. */
export interface BenchmarkSamples {
  /** Subject id: `<file › suite › name [parameters]>`. */
  readonly subject: string;
  readonly iterations: number;
  readonly overheadNs: number;
  readonly resolutionNs: number;
  /** CPU time of the process over wall time, the higher of both sides; absent where unknown. */
  readonly parallelism?: number;
  /** Share of wall time in which it neither worked nor queued for a core, likewise. */
  readonly waiting?: number;
  readonly batches: readonly Batch[];
  /** What an instruction counter told, or why it told nothing; absent where it was not asked. */
  readonly counts?: CountSamples;
}

export interface JudgePolicy {
  /** Relative change that matters: what a run is planned to find, and what "unchanged" excludes. */
  readonly margin: number;
  /** The same for the mean, which neighbours on a shared machine disturb more than the floor. */
  readonly meanMargin: number;
  /** Estimates smaller than this are never called a change, however certain. */
  readonly effectFloor: number;
  /** False-alarm probability of one benchmark over all its hypotheses. 0.001: any fifty stay under 5 %. */
  readonly alpha: number;
  /** Of the intervals shown. */
  readonly confidence: number;
  /** Relative change of the instruction count that matters; that of time where absent. */
  readonly countMargin?: number;
  /** Which evidence decides; `auto` where absent. */
  readonly witness?: Witness;
  /** Absent: figures of memory are not judged. */
  readonly memory?: MemoryPolicy;
}

/** What counts as a change of memory. Between a margin and its opposite nothing is called a change. */
export interface MemoryPolicy {
  /** Of allocations, in bytes and in number, and of the peak of one operation. */
  readonly margin: number;
  /** Of the peak of a whole process, which runtimes and the machine disturb. */
  readonly peakMargin: number;
}

export type Verdict = 'improved' | 'unchanged' | 'regressed' | 'inconclusive';

/** One statistic of one benchmark, judged. Times in nanoseconds per operation. */
export interface StatisticJudgement {
  readonly statistic: 'floor' | 'median' | 'mean';
  readonly head: { readonly value: number; readonly interval: readonly [number, number] };
  readonly base: { readonly value: number; readonly interval: readonly [number, number] };
  /** head / base, Hodges–Lehmann over pairs. */
  readonly ratio: number;
  readonly interval: readonly [number, number];
  /** What the interval attains; below the confidence asked for where there are too few pairs. */
  readonly confidence: number;
  readonly p: number;
  readonly alpha: number;
  /** Smallest relative change found with 95 % power at the noise seen; absent where so few pairs find none. */
  readonly detectable?: number;
  /** Change that "unchanged" excludes for this statistic (`margin` or `meanMargin`). */
  readonly margin: number;
  readonly pairs: number;
  readonly confirmed: boolean;
  readonly verdict: Verdict;
}

/** One figure of memory, judged; values in its unit. */
export interface MemoryFigureJudgement {
  readonly name: string;
  readonly unit: string;
  readonly head: { readonly value: number; readonly interval: readonly [number, number] };
  readonly base: { readonly value: number; readonly interval: readonly [number, number] };
  /** head − base, Hodges–Lehmann over pairs. */
  readonly difference: { readonly value: number; readonly interval: readonly [number, number] };
  /** head / base; absent where a process told zero: the ratio is then none, or without bound. */
  readonly change?: { readonly ratio: number; readonly interval: readonly [number, number] };
  readonly confidence: number;
  readonly p: number;
  readonly alpha: number;
  readonly margin: number;
  /** A smaller difference is never a change, whatever its ratio. */
  readonly least: number;
  readonly pairs: number;
  readonly confirmed: boolean;
  readonly verdict: Verdict;
}

/** All figures of memory of one benchmark. */
export interface MemoryJudgement {
  readonly verdict: Verdict;
  /** Names of the figures that it rests on. */
  readonly decidedBy: readonly string[];
  readonly figures: readonly MemoryFigureJudgement[];
}

export interface Judgement {
  /** Of time and memory together: a regression of either is one, and what time leaves open, memory does not close. */
  readonly verdict: Verdict;
  /** Statistics of time that the verdict rests on; none where it rests on memory alone. */
  readonly decidedBy: readonly ('floor' | 'median' | 'mean')[];
  readonly statistics: readonly StatisticJudgement[];
  /** Absent where no process told of memory, or nobody asks. */
  readonly memory?: MemoryJudgement;
  /** Absent where no instructions were counted, and nobody tried. */
  readonly counts?: CountsBeside;
  /** Why it is inconclusive, or what the reader should know (no steady state, few pairs, …). */
  readonly notes: readonly string[];
}
