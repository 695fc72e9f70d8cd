import { seededRandom } from '../../kernel/statistics/index.ts';
import type { Observation } from './series.ts';

/** Orders that the null distribution is made of: p is a multiple of 1/10,000. */
const ORDERS = 9_999;

/** Ranks of a series within its classes of machine, and what its statistic is scaled by. */
interface Scores {
  readonly values: Float64Array;
  readonly strata: Int32Array;
  /** Standard deviation of the sum of the first k + 1 scores over all orders. */
  readonly sumSd: Float64Array;
  /** Position of each observation, centred within its class. */
  readonly place: Float64Array;
  readonly trendSd: number;
}

/** How strongly a series speaks against being one level, and how likely chance alone does that. */
export interface ChangeEvidence {
  readonly statistic: number;
  readonly p: number;
}

/**
 * Tests whether a series keeps its level. The statistic is the largest of the standardised rank sums of the first k
 * points, for all k (a jump after any of them; Pettitt 1979), and of the rank correlation with time (a slope). Ranks
 * are taken within each class of machine and only orders within a class are compared (a stratified permutation test),
 * so a change of machine is no evidence. The level is exact for points whose order means nothing where nothing
 * changed, whatever their distribution.
 *
 * @param damping share of the statistic that counts, where neighbouring points are alike
 */
export function changeEvidence(series: readonly Observation[], damping = 1): ChangeEvidence {
  const scores = scoresOf(series);
  const statistic = statisticOf(scores.values, scores) * damping;
  const orders = nullOrders(scores);
  let beyond = 0;
  for (const order of orders) if (order >= statistic - 1e-9) beyond += 1;
  return { statistic, p: (beyond + 1) / (orders.length + 1) };
}

/** The value that the statistic exceeds with probability α where nothing changed. */
export function criticalValue(series: readonly Observation[], alpha: number): number {
  const orders = nullOrders(scoresOf(series)).toSorted();
  return orders[Math.min(orders.length - 1, Math.ceil((1 - alpha) * orders.length))] as number;
}

/** Ranks within each class, centred, and the spread of their sums over all orders (sampling without replacement). */
function scoresOf(series: readonly Observation[]): Scores {
  const n = series.length;
  const values = new Float64Array(n);
  const strata = Int32Array.from(series, ({ stratum }) => stratum);
  const place = new Float64Array(n);
  const count = Math.max(-1, ...strata) + 1;
  const squares = new Float64Array(count);
  let trendVariance = 0;
  const members = Array.from({ length: count }, (): number[] => []);
  for (let i = 0; i < n; i++) members[strata[i] as number]?.push(i);
  for (const [stratum, mine] of members.entries()) {
    const m = mine.length;
    const logs = mine.map((i) => (series[i] as Observation).log);
    const ranks = midRanks(logs);
    const middle = mine.reduce((sum, i) => sum + i, 0) / Math.max(1, m);
    let spread = 0;
    for (const [at, i] of mine.entries()) {
      values[i] = ((ranks[at] as number) - (m + 1) / 2) / (m + 1);
      place[i] = i - middle;
      squares[stratum] = (squares[stratum] as number) + (values[i] as number) ** 2;
      spread += (place[i] as number) ** 2;
    }
    if (m > 1) trendVariance += (spread * (squares[stratum] as number)) / (m - 1);
  }
  const sumSd = new Float64Array(n);
  const seen = new Float64Array(count);
  for (let k = 0; k < n; k++) {
    const own = strata[k] as number;
    seen[own] = (seen[own] as number) + 1;
    let variance = 0;
    for (let s = 0; s < count; s++) {
      const m = members[s]?.length ?? 0;
      const a = seen[s] as number;
      if (m > 1) variance += ((a * (m - a)) / m) * ((squares[s] as number) / (m - 1));
    }
    sumSd[k] = Math.sqrt(Math.max(0, variance));
  }
  return { values, strata, sumSd, place, trendSd: Math.sqrt(trendVariance) };
}

function statisticOf(values: Float64Array, { sumSd, place, trendSd }: Scores): number {
  let largest = 0;
  let sum = 0;
  let trend = 0;
  for (let k = 0; k < values.length; k++) {
    sum += values[k] as number;
    trend += (values[k] as number) * (place[k] as number);
    const sd = sumSd[k] as number;
    if (sd > 1e-9) largest = Math.max(largest, Math.abs(sum) / sd);
  }
  return trendSd > 1e-9 ? Math.max(largest, Math.abs(trend) / trendSd) : largest;
}

const known = new Map<string, Float64Array>();

/** The statistic over random orders within each class. Depends on ranks and classes alone, so it is kept. */
function nullOrders(scores: Scores): Float64Array {
  const { values, strata } = scores;
  const members = new Map<number, number[]>();
  for (const [i, stratum] of strata.entries()) members.set(stratum, [...(members.get(stratum) ?? []), i]);
  const sorted = [...members.values()].map((mine) =>
    mine.map((i) => values[i] as number).sort((a, b) => a - b),
  );
  const key = `${strata.join()}|${sorted.map((own) => own.map((value) => value.toFixed(6)).join()).join('|')}`;
  const kept = known.get(key);
  if (kept) return kept;
  const random = seededRandom(values.length * 7919 + members.size);
  const order = new Float64Array(values);
  const found = new Float64Array(ORDERS);
  for (let round = 0; round < ORDERS; round++) {
    for (const mine of members.values()) {
      for (let i = mine.length - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1));
        const [a, b] = [mine[i] as number, mine[j] as number];
        const held = order[a] as number;
        order[a] = order[b] as number;
        order[b] = held;
      }
    }
    found[round] = statisticOf(order, scores);
  }
  if (known.size >= 32) known.clear();
  known.set(key, found);
  return found;
}

/** Ranks from 1; ties share the middle of theirs. */
function midRanks(values: readonly number[]): readonly number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++;
    for (let at = from; at < to; at++) ranks[order[at] as number] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}
