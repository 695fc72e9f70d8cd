/** One recorded figure of one benchmark. Points are handed over in the order of the history, oldest first. */
export interface DriftPoint {
  /** Full name of the commit that was measured, or under which the figure was recorded. */
  readonly commit: string;
  /** Milliseconds since the epoch; for showing alone, since clocks jump. */
  readonly time: number;
  /** In any one unit; positive. */
  readonly value: number;
  readonly interval: readonly [number, number];
  /** Class of machine: figures are only set beside those of the same class. */
  readonly machine: string;
  /** Figures of control benchmarks of the same session, by name. */
  readonly controls?: Readonly<Record<string, number>>;
}

export interface DriftPolicy {
  /** Probability that a series without any change is said to have drifted. */
  readonly alpha: number;
  /** Changes smaller than this are not called one, however certain. */
  readonly effectFloor: number;
  /** Of the intervals. */
  readonly confidence: number;
}

/** A jump of the level, and between which points it lies. */
export interface DriftStep {
  /** after / before. */
  readonly ratio: number;
  readonly interval: readonly [number, number];
  /** The likeliest place: the last point before and the first one after it, as indices into the points. */
  readonly between: readonly [number, number];
  /** The place for certain, at the confidence asked for. */
  readonly within: readonly [number, number];
}

interface Common {
  /** Indices of the points that were used. */
  readonly used: readonly number[];
  /** What was left out or cannot be told, one sentence each. */
  readonly notes: readonly string[];
}

export type Drift =
  | (Common & { readonly state: 'too-few'; readonly needed: number })
  | (Common & {
      readonly state: 'steady';
      readonly p: number;
      readonly alpha: number;
      /** Smallest jump in the middle of the series that would have been seen 95 times in 100. */
      readonly detectable: number;
    })
  | (Common & {
      readonly state: 'drifted';
      readonly shape: 'steps' | 'slope';
      readonly p: number;
      readonly alpha: number;
      /** Last level / first level. */
      readonly total: { readonly ratio: number; readonly interval: readonly [number, number] };
      /** Of a slope: none. */
      readonly steps: readonly DriftStep[];
      /** Indices of the first and the last point that the total spans. */
      readonly span: readonly [number, number];
    });
