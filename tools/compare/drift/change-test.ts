import { mean, median, type Random, robustSd, seededRandom } from '../../kernel/statistics/index.ts';
import type { Observation } from './series.ts';

/** Orders that p is taken from: it is a multiple of 1/10,000. */
const ORDERS = 9_999;

/** So many orders beyond the observed one, and p is known well enough not to be small (Besag & Clifford 1991). */
const ENOUGH = 20;

/**
 * Values farther from the middle of their class of machine than this many deviations count as that far. The wide
 * bound sees a jump near either end; the narrow one is hardly disturbed where every few sessions met a busy machine.
 */
const BOUNDS = [1, 3];

/** Values of a series within its classes of machine, and what its statistic is scaled by. */
interface Scores {
  readonly values: Float64Array;
  /** Indices of the members of each class. */
  readonly classes: readonly Int32Array[];
  /** Standard deviation, over all orders, of the sum of the first k + 1 scores. */
  readonly sumSd: Float64Array;
  /** Position of each observation, centred within its class. */
  readonly place: Float64Array;
  readonly trendSd: number;
}

/**
 * Tests whether a series keeps its level. The statistic is the largest of the standardised sums of the first k
 * points, for all k (a jump after any of them), and of the correlation with time (a slope), by two bounds of the
 * values. They are centred within each class of machine, and only orders within a class are compared (a stratified
 * permutation test), so a change of machine is no evidence. The level is exact for points whose order means nothing
 * where nothing changed, whatever their distribution.
 *
 * @param damping share of the statistic that counts, where neighbouring points are alike
 * @returns p, by random orders from a fixed seed
 */
export function changeEvidence(series: readonly Observation[], damping = 1): number {
  const all = BOUNDS.map((bound) => scoresOf(series, (logs) => boundedScores(logs, bound)));
  const classes = all[0]?.classes ?? [];
  const largest = (orders: readonly Float64Array[]): number =>
    Math.max(...all.map((scores, i) => statisticOf(orders[i] ?? scores.values, scores)));
  const observed = largest(all.map(({ values }) => values)) * damping;
  const random = seededRandom(series.length * 7919 + classes.length);
  const orders = all.map(({ values }) => new Float64Array(values));
  let beyond = 0;
  for (let round = 1; round <= ORDERS; round++) {
    shuffleWithin(orders, classes, random);
    if (largest(orders) >= observed - 1e-9) beyond += 1;
    if (beyond === ENOUGH) return beyond / round;
  }
  return (beyond + 1) / (ORDERS + 1);
}

const known = new Map<string, Float64Array>();

/** The value that the statistic exceeds with probability α where nothing changed; that of evenly spread values. */
export function criticalValue(series: readonly Observation[], alpha: number): number {
  const key = series.map(({ stratum }) => stratum).join();
  const kept = known.get(key) ?? evenOrders(series);
  if (known.size >= 32) known.clear();
  known.set(key, kept);
  return kept[Math.min(kept.length - 1, Math.ceil((1 - alpha) * kept.length))] as number;
}

function evenOrders(series: readonly Observation[]): Float64Array {
  const scores = scoresOf(series, (logs) => logs.map((_, i) => (i + 0.5) / logs.length));
  const random = seededRandom(series.length);
  const order = new Float64Array(scores.values);
  const found = Float64Array.from({ length: ORDERS }, () => {
    shuffleWithin([order], scores.classes, random);
    return statisticOf(order, scores);
  });
  return found.sort();
}

function boundedScores(logs: readonly number[], bound: number): readonly number[] {
  const middle = median(logs);
  const off = logs.map((log) => log - middle);
  const spread = robustSd(logs) || mean(off.map(Math.abs));
  return off.map((one) => (spread > 0 ? Math.max(-bound, Math.min(bound, one / spread)) : 0));
}

/** The spread of sums of k scores follows from sampling without replacement. */
function scoresOf(
  series: readonly Observation[],
  score: (logs: readonly number[]) => readonly number[],
): Scores {
  const n = series.length;
  const values = new Float64Array(n);
  const place = new Float64Array(n);
  const count = Math.max(-1, ...series.map(({ stratum }) => stratum)) + 1;
  const classes = Array.from({ length: count }, (_, s) =>
    Int32Array.from(series.flatMap(({ stratum }, i) => (stratum === s ? [i] : []))),
  );
  /** Variance of a score drawn from each class. */
  const spreads = new Float64Array(count);
  let trendVariance = 0;
  for (const [s, members] of classes.entries()) {
    if (members.length < 2) continue;
    const raw = score(Array.from(members, (i) => series[i]?.log ?? 0));
    const [centre, middle] = [mean(raw), mean(members)];
    let [squares, lengths] = [0, 0];
    for (const [at, i] of members.entries()) {
      const value = (raw[at] ?? 0) - centre;
      values[i] = value;
      place[i] = i - middle;
      squares += value ** 2;
      lengths += (i - middle) ** 2;
    }
    spreads[s] = squares / (members.length - 1);
    trendVariance += lengths * (spreads[s] ?? 0);
  }
  const sumSd = new Float64Array(n);
  const seen = new Float64Array(count);
  for (const [k, { stratum }] of series.entries()) {
    seen[stratum] = (seen[stratum] ?? 0) + 1;
    let variance = 0;
    for (const [s, { length }] of classes.entries()) {
      const a = seen[s] ?? 0;
      if (length > 1) variance += ((a * (length - a)) / length) * (spreads[s] ?? 0);
    }
    sumSd[k] = Math.sqrt(Math.max(0, variance));
  }
  return { values, classes, sumSd, place, trendSd: Math.sqrt(trendVariance) };
}

function statisticOf(values: Float64Array, { sumSd, place, trendSd }: Scores): number {
  let largest = 0;
  let sum = 0;
  let trend = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number;
    sum += value;
    trend += value * (place[k] as number);
    const sd = sumSd[k] as number;
    if (sd > 1e-9) largest = Math.max(largest, Math.abs(sum) / sd);
  }
  return trendSd > 1e-9 ? Math.max(largest, Math.abs(trend) / trendSd) : largest;
}

/** Moves the members of each class alike in all orders. */
function shuffleWithin(
  orders: readonly Float64Array[],
  classes: readonly Int32Array[],
  random: Random,
): void {
  for (const members of classes) {
    for (let i = members.length - 1; i > 0; i--) {
      const [a, b] = [members[i] as number, members[Math.floor(random() * (i + 1))] as number];
      for (const order of orders) {
        const held = order[a] as number;
        order[a] = order[b] as number;
        order[b] = held;
      }
    }
  }
}
