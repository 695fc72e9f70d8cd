import type { Verdict } from '../types.ts';
import type { CountLanguage } from './traits.ts';

/** Which evidence decides: wall time, instructions, or wall time first and instructions where it cannot. */
export type Witness = 'auto' | 'wall' | 'instructions';

/** Two processes of one side that differ in their operations alone. */
export interface CountSlope {
  readonly side: 'base' | 'head';
  /** Slopes of one number were counted side by side. */
  readonly round: number;
  /** Instructions of the whole process at the first and the second point, and the operations there. */
  readonly instructions: readonly [number, number];
  readonly operations: readonly [number, number];
}

/** What counting a benchmark gave, as kept in `samples.json`; enough to judge again. */
export type CountSamples =
  | {
      readonly state: 'counted';
      /** Such as `valgrind 3.19.0`. */
      readonly tool: string;
      readonly language: CountLanguage;
      readonly warmup: number;
      /** In the order taken. */
      readonly slopes: readonly CountSlope[];
    }
  | {
      readonly state: 'not-counted';
      readonly kind: 'missing' | 'unsuitable' | 'failed';
      readonly reason: string;
    };

/** Instructions per operation of one side: the median of its slopes, and their extremes. */
export interface CountedSide {
  readonly value: number;
  readonly interval: readonly [number, number];
}

export type CountJudgement =
  | {
      readonly state: 'judged';
      readonly tool: string;
      readonly head: CountedSide;
      readonly base: CountedSide;
      /** head / base. */
      readonly ratio: number;
      readonly interval: readonly [number, number];
      /** Change that is told from nothing. */
      readonly detectable: number;
      readonly margin: number;
      /** Slopes of the side that has fewer. */
      readonly slopes: number;
      readonly verdict: Verdict;
    }
  | Extract<CountSamples, { state: 'not-counted' }>;
