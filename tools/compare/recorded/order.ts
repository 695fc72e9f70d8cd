import {
  median,
  normalCdf,
  robustSd,
  seededRandom,
  shuffled,
  standardDeviation,
  variance,
} from '../../kernel/statistics/index.ts';

/** What the order of samples gives away. */
export interface OrderFindings {
  /** Neighbours resemble each other more than chance allows, or the samples drift. */
  readonly independent: boolean;
  /** How far the medians of the thirds of the samples lie apart, beyond what noise alone does; on their scale. */
  readonly span: number;
}

/** Independent samples are taken for dependent once in a hundred times; of twelve samples two phases show no surer. */
const ALARM = 0.005;
/** Fewer samples show nothing of their order. */
const FEWEST = 8;

/** Shuffles that a serial correlation is set against. */
const SHUFFLES = 1999;
/** Von Neumann's ratio is 2 without correlation; above this no shuffling is needed to see that there is none. */
const PLAIN = 1.3;

/** Sum of the squared steps between neighbours. */
function stepsOf(values: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += ((values[i] as number) - (values[i - 1] as number)) ** 2;
  return sum;
}

/**
 * One-sided p-value of positive serial correlation: von Neumann's ratio (1941) against what it is after shuffling, so that
 * it is exact whatever the distribution. The shuffles are the same every time. At least 1/2000; 1 where there is none to see.
 */
export function serialP(values: readonly number[]): number {
  const observed = stepsOf(values);
  const squares = variance(values) * (values.length - 1);
  if (squares === 0 || observed / squares > PLAIN) return 1;
  const random = seededRandom(values.length);
  let hits = 1;
  for (let i = 0; i < SHUFFLES; i++) if (stepsOf(shuffled(values, random)) <= observed) hits += 1;
  return hits / (SHUFFLES + 1);
}

/** Two-sided p-value of a trend (Mann 1945, Kendall), by its normal approximation with continuity correction. */
export function trendP(values: readonly number[]): number {
  const n = values.length;
  let s = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) s += Math.sign((values[j] as number) - (values[i] as number));
  }
  const sd = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return Math.min(1, 2 * normalCdf(-Math.max(0, Math.abs(s) - 1) / sd));
}

/** Slower than the median by so many robust standard deviations is an outlier; at most a third of the samples are. */
const FENCE = 5;
const MOST_OUTLIERS = 1 / 3;
/** Standard error of a median, in units of that of a mean: √(π/2). */
const MEDIAN_ERROR = 1.2533;

/**
 * Whether samples, in the order taken, may pass for independent. A few slow outliers are left out, wherever they stand: the
 * comparison bears them. Fast ones are not: most of a recording may have been made in a slow phase.
 *
 * @param values larger is slower
 */
export function orderOf(values: readonly number[]): OrderFindings {
  const limit = median(values) + FENCE * robustSd(values);
  const near = values.filter((value) => value <= limit);
  const kept = near.length >= (1 - MOST_OUTLIERS) * values.length ? near : values;
  if (kept.length < FEWEST) return { independent: true, span: 0 };
  const third = Math.floor(kept.length / 3);
  const thirds = [kept.slice(0, third), kept.slice(third, -third), kept.slice(-third)];
  const medians = thirds.map(median);
  const noise = (2 * MEDIAN_ERROR * median(thirds.map(standardDeviation))) / Math.sqrt(third);
  const independent = serialP(kept) > ALARM && trendP(kept) > ALARM;
  return { independent, span: Math.max(0, Math.max(...medians) - Math.min(...medians) - noise) };
}
