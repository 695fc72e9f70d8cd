import type { ComparisonKind, SamplesJudgement } from '../compare/recorded/judge-samples.ts';
import type { Verdict } from '../compare/types.ts';
import type { AssayError } from '../kernel/errors/assay-error.ts';
import type { RecordedMetric } from '../recordings/index.ts';

/** One figure of a benchmark (time, bytes, …) in both recordings. */
export type FigureOutcome =
  | {
      readonly state: 'judged';
      readonly metric: RecordedMetric;
      readonly kind: ComparisonKind;
      readonly judgement: SamplesJudgement;
    }
  /** Counts that are zero somewhere have a difference and no ratio. */
  | {
      readonly state: 'counted';
      readonly metric: RecordedMetric;
      readonly kind: ComparisonKind;
      readonly base: number;
      readonly head: number;
      readonly p: number;
      readonly alpha: number;
      readonly verdict: Verdict;
      readonly note: string;
    }
  /** One side lacks it. */
  | { readonly state: 'missing'; readonly metric: RecordedMetric; readonly from: 'base' | 'head' };

/** What becomes of one benchmark. */
export type BenchmarkOutcome =
  | {
      readonly state: 'judged';
      readonly id: string;
      readonly verdict: Verdict;
      readonly figures: readonly FigureOutcome[];
      readonly control: boolean;
    }
  | {
      readonly state: 'broken';
      readonly id: string;
      readonly side: 'base' | 'head';
      readonly error: AssayError;
    }
  | { readonly state: 'missing'; readonly id: string; readonly from: 'base' | 'head' };

/** Of a figure, whatever its state. */
export function figureVerdict(figure: FigureOutcome): Verdict {
  if (figure.state === 'missing') return 'inconclusive';
  return figure.state === 'judged' ? figure.judgement.verdict : figure.verdict;
}
