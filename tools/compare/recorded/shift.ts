import { median } from '../../kernel/statistics/index.ts';
import { rankSum, smallestP, untiedP } from './rank-sum.ts';

/** How far the second of two samples lies above the first, on the scale of the values (logarithms: a ratio). */
export interface Shift {
  readonly estimate: number;
  readonly interval: readonly [number, number];
  /** What the interval attains; below the wish where there are too few values. */
  readonly confidence: number;
  readonly attained: boolean;
  /** Two-sided p-value of "no shift". */
  readonly p: number;
  /** The smallest p-value that samples of these sizes can give. */
  readonly smallest: number;
}

/** Values farther from the median than so many robust standard deviations take no part in the first test. */
const FENCE = 5;
/** The largest of this share of all values take no part in the second one. */
const TOP = 0.25;
/** Below so many values there is no second test: it would cost half of the error budget and find nothing. */
const FEWEST_FOR_TWO = 16;
const MAD_TO_SD = 1.4826;

/** Two samples after some values were left out, whose the choice did not look at. */
interface Kept {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/**
 * Leaves out what lies far from the rest of both samples together: a few slow samples must not hide a change. The rule
 * does not know which sample a value is of, so that the test of what is left stays exact.
 */
function withinFence(a: readonly number[], b: readonly number[]): Kept {
  const all = [...a, ...b];
  const centre = median(all);
  const scale = MAD_TO_SD * median(all.map((value) => Math.abs(value - centre)));
  if (scale === 0) return { a, b };
  const near = (value: number): boolean => Math.abs(value - centre) <= FENCE * scale;
  return { a: a.filter(near), b: b.filter(near) };
}

/**
 * Leaves out the largest quarter of both samples together. Where the change is as large as the outliers, no fence can
 * tell the two apart; but outliers are slow, and the fast samples still stand in the order of their sides.
 */
function withoutTop(a: readonly number[], b: readonly number[]): Kept {
  const sorted = [...a, ...b].sort((x, y) => x - y);
  const limit = sorted[sorted.length - 1 - Math.floor(TOP * sorted.length)] as number;
  const below = (value: number): boolean => value <= limit;
  return { a: a.filter(below), b: b.filter(below) };
}

type Test = (a: readonly number[], b: readonly number[]) => number;

/** The smaller p-value of both tests, twice (Bonferroni); of few values the first test alone. */
function bothTests(a: readonly number[], b: readonly number[], test: Test): number {
  const fenced = withinFence(a, b);
  const first = test(fenced.a, fenced.b);
  if (a.length + b.length < FEWEST_FOR_TWO) return first;
  const low = withoutTop(a, b);
  return Math.min(1, 2 * Math.min(first, test(low.a, low.b)));
}

const exactTest: Test = (a, b) => rankSum(a, b).p;

/** As `exactTest` as if nothing were tied, which is quick; the few ties at a tried shift count by half. */
const quickTest: Test = (a, b) => {
  let u = 0;
  for (const x of a) for (const y of b) u += y > x ? 1 : y === x ? 0.5 : 0;
  return untiedP(u, a.length, b.length);
};

/** The smallest p-value that {@link shiftBetween} can give for samples of these sizes. */
export function smallestShiftP(m: number, n: number): number {
  return Math.min(1, smallestP(m, n) * (m + n < FEWEST_FOR_TWO ? 1 : 2));
}

/**
 * Shift between two samples: p-value by the exact rank-sum test, robust against outliers in two ways (see above); estimate
 * by Hodges & Lehmann (1963) over what lies within the fence once the shift is taken away; interval by inversion: the
 * shifts around the estimate that the test does not reject.
 *
 * @param a base, b head: finite values, at least one each
 */
export function shiftBetween(a: readonly number[], b: readonly number[], confidence: number): Shift {
  const smallest = smallestShiftP(a.length, b.length);
  const differences = Float64Array.from(b.flatMap((y) => a.map((x) => y - x))).sort();
  const rough = middleOf(differences);
  const aligned = withinFence(
    a,
    b.map((y) => y - rough),
  );
  const rest = Float64Array.from(aligned.b.flatMap((y) => aligned.a.map((x) => y - x))).sort();
  const estimate = rough + (rest.length > 0 ? middleOf(rest) : 0);
  const common = { estimate, p: bothTests(a, b, exactTest), smallest };
  const widest = [differences[0] as number, differences[differences.length - 1] as number] as const;
  if (smallest > 1 - confidence) {
    return { ...common, interval: widest, confidence: Math.max(0, 1 - smallest), attained: false };
  }
  const accepts = (shift: number): boolean =>
    bothTests(
      a,
      b.map((y) => y - shift),
      quickTest,
    ) >
    1 - confidence;
  return { ...common, interval: accepted(differences, accepts, estimate), confidence, attained: true };
}

function middleOf(sorted: Float64Array): number {
  const last = sorted.length - 1;
  return ((sorted[last >> 1] as number) + (sorted[(last + 1) >> 1] as number)) / 2;
}

/** So many tried shifts in a row must be rejected before the search ends. */
const PATIENCE = 3;
/** The differences are walked along in about so many strides; where a bound lies within one is found by halving. */
const STRIDES = 48;

/**
 * Bounds of the shifts that are not rejected, from the estimate outwards. The test only changes where a difference of two
 * values lies, so the shifts between neighbouring differences are tried. Far away, where one sample meets the outliers
 * of the other, a few more may not be rejected: those are no part of the interval.
 */
function accepted(
  differences: Float64Array,
  accepts: (shift: number) => boolean,
  estimate: number,
): readonly [number, number] {
  const steps = differences.filter((value, index) => index === 0 || value !== differences[index - 1]);
  const last = steps.length - 1;
  const start = Math.max(
    0,
    steps.findLastIndex((value) => value <= estimate),
  );
  const takes = (index: number): boolean =>
    accepts(((steps[index] as number) + (steps[index + 1] as number)) / 2);
  const stride = Math.max(1, Math.floor(steps.length / STRIDES));
  const farthest = (direction: 1 | -1): number => {
    let inside = start;
    let outside = direction > 0 ? last : -1;
    let rejected = 0;
    for (let index = start; index >= 0 && index < last && rejected < PATIENCE; index += direction * stride) {
      if (takes(index)) {
        inside = index;
        outside = direction > 0 ? last : -1;
        rejected = 0;
      } else {
        if (rejected === 0) outside = index;
        rejected += 1;
      }
    }
    while (Math.abs(outside - inside) > 1) {
      const middle = Math.trunc((inside + outside) / 2);
      if (middle < last && takes(middle)) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  const low = steps[farthest(-1)] as number;
  const high = steps[Math.min(last, farthest(1) + 1)] as number;
  return [Math.min(low, estimate), Math.max(high, estimate)];
}
