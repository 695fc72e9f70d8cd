import type { MemoryFigureKind } from '../harnesses/memory-figures.ts';
import type { Witness } from './count/types.ts';
import type { JudgePolicy } from './types.ts';

/** What a project may set itself; the rest follows from the margin. */
export interface PolicyWishes {
  readonly margin?: number | undefined;
  readonly meanMargin?: number | undefined;
  readonly effectFloor?: number | undefined;
  readonly countMargin?: number | undefined;
  readonly witness?: Witness | undefined;
  /** `false`: memory is not judged. */
  readonly memory?: boolean | undefined;
  readonly memoryMargin?: number | undefined;
}

/** Time for one benchmark, both sides together. */
export const DEFAULT_BUDGET_MS = 20_000;

/** Fills in the policy: margin 5 %, effect floor half of it, mean margin three times it, α 0.001, intervals of 99 %, memory judged. */
export function judgePolicy(wishes: PolicyWishes = {}): JudgePolicy {
  const margin = wishes.margin ?? 0.05;
  return {
    margin,
    meanMargin: wishes.meanMargin ?? 3 * margin,
    effectFloor: wishes.effectFloor ?? margin / 2,
    alpha: 0.001,
    confidence: 0.99,
    ...(wishes.countMargin === undefined ? {} : { countMargin: wishes.countMargin }),
    ...(wishes.witness === undefined ? {} : { witness: wishes.witness }),
    ...(wishes.memory === false ? {} : { memory: memoryPolicy(wishes.memoryMargin) }),
  };
}

/** The wishes for memory that a policy was made of, for another margin of time. */
export function memoryWishes({ memory }: JudgePolicy): Pick<PolicyWishes, 'memory' | 'memoryMargin'> {
  return { memory: memory !== undefined, memoryMargin: memory?.margin };
}

/** Margin 10 %; that of the peak of a whole process two and a half times it. */
function memoryPolicy(margin = 0.1): NonNullable<JudgePolicy['memory']> {
  return { margin, peakMargin: 2.5 * margin };
}

/**
 * Part of a benchmark's error budget that its figures of memory share; time keeps the rest. Allocations repeat nearly
 * to the byte, so that a small part finds what there is, and time loses next to nothing of what it can find.
 */
export const MEMORY_ALPHA_SHARE = 0.1;

/**
 * Differences that are never a change, whatever their ratio: of bytes, of allocations, of bytes of a whole process. Heaps
 * begin at some mebibytes and grow by steps of their size, so that an operation that allocates a little more may move
 * the peak by one of them.
 */
export const LEAST_MEMORY: Readonly<Record<MemoryFigureKind, number>> = {
  bytes: 16,
  allocations: 1,
  peakOfOperation: 64,
  peak: 4 * 2 ** 20,
};

/**
 * A main batch whose two-sided p-value reaches this makes a suspect, and only a fresh batch can convict it. How strong
 * the two must be together follows from the error budget (see judge/evidence.ts).
 */
export const SUSPECT_ALPHA = 0.02;

/**
 * Bound of the ranks in tests and intervals. A pair whose processes met different speeds of the machine has the
 * largest difference and the least to say; at ½ it weighs no more than the middle ones. On the synthetic toggling
 * machine +10 % is found a fifth more often than without; where noise is plain, nothing is lost.
 */
export const RANK_BOUND = 0.5;

/** Power that plans aim at and that "detectable" is stated for. */
export const POWER = 0.95;

/** Pairs of a confirming batch, relative to the main batch: its direction is given, so it needs fewer. */
export const CONFIRM_SHARE = 0.8;

/** Share of the error budget for attempt k (from 1): ¾, 3⁄16, …; over all attempts it sums to `alpha`. */
export function alphaOfAttempt(alpha: number, attempt: number): number {
  return alpha * 0.75 * 0.25 ** (attempt - 1);
}

/**
 * Confidence of the interval at attempt k, so that repeating a run until it is green stays within
 * 1 − confidence all told: the error of one side, (1 − confidence)/2, is spent ½, ¼, … from twice that.
 */
export function confidenceOfAttempt(confidence: number, attempt: number): number {
  return 1 - (1 - confidence) * 0.5 ** (attempt - 1);
}

/**
 * Part of what two builds of equally fast code differ by in wall time through the layout of their code alone (up to 2 % was
 * measured for Go, see Mytkowicz et al., ASPLOS 2009). Repetition cannot show it, since each process repeats it, so the
 * interval of a change is widened by it, on the scale of logarithms.
 */
export const LAYOUT_ALLOWANCE = Math.log1p(0.005);
