import {
  detectableShift,
  normalQuantile,
  pairsNeeded,
  type SteadyState,
} from '../../kernel/statistics/index.ts';
import { alphaOfAttempt, CONFIRM_SHARE, LAYOUT_ALLOWANCE, POWER, SUSPECT_ALPHA } from '../policy.ts';
import { type NoiseAt, noiseAt, turnNoise } from '../probe/noise.ts';
import { detectWarmup } from '../probe/warm-up.ts';
import type { JudgePolicy, Replicate } from '../types.ts';
import { processMs, type UnitPace } from './cost.ts';

/** Fixed before the main batch, from the pilot alone. */
export interface Plan {
  /** Pairs of processes (processes, where only head is measured). */
  readonly pairs: number;
  readonly chunks: number;
  /** Warm-up chunks of each benchmark, equal on both sides. */
  readonly warmup: Readonly<Record<string, number>>;
  /** Benchmarks that reached no steady state within the pilot. */
  readonly unsteady: readonly string[];
  /** Relative change of the floor (or the median of turns) that the plan expects to find with 95 % power; the worst benchmark counts. */
  readonly detectable: number | undefined;
  /** Noise of the floor that it rests on, the noisiest benchmark's; absent without a pilot. */
  readonly noise: NoiseAt | undefined;
  readonly costMs: number;
  /** Cut short by the time budget: more pairs were wanted. */
  readonly limited: boolean;
}

export const FEWEST_PAIRS = 16;
/** On a noisy machine: the exact interval of few pairs has no room for a pair that met two speeds. */
export const FEWEST_PAIRS_IN_NOISE = 24;
export const MOST_PAIRS = 120;
/** The mean may ask for more pairs than the floor needs, up to this: a green verdict rests on the floor. */
const MOST_PAIRS_FOR_MEAN = 40;
/** Both stages have to find the change, so each may miss half of what the whole may. */
const STAGE = { alpha: SUSPECT_ALPHA, power: 1 - (1 - POWER) / 2 };
/** Scale from so few pairs errs by a third either way; a plan that is too small ends inconclusive. */
const CAUTION = 1.25;

function candidates(pace: UnitPace, most: number): number[] {
  const typical = Math.min(...pace.benchmarks.map(({ chunkMs }) => chunkMs));
  const fewest = Math.min(most, Math.max(1, Math.min(20, Math.ceil(20 / typical))));
  const counts: number[] = [];
  for (let chunks = fewest; chunks < most; chunks *= 2) counts.push(chunks);
  return [...counts, most];
}

/** Pairs for one benchmark: to find a change of the margin, and to bound "unchanged" by it. */
function pairsFor(sd: number, margin: number, confidence: number): number {
  const effect = Math.log1p(margin);
  const find = pairsNeeded(effect, sd, STAGE);
  const bound = pairsNeeded(Math.max(effect / 4, effect - LAYOUT_ALLOWANCE), sd, {
    alpha: 1 - confidence,
    power: POWER,
  });
  return Math.max(find, bound);
}

/**
 * Chooses processes against chunks by cost: for each number of chunks, the pairs that the noise asks for and what
 * they cost; the cheapest wins. What does not fit the budget becomes the most precise that does.
 *
 * @param pilot replicates by benchmark name; no entry or an empty one where there was no pilot
 * @param budgetMs left for the main batch
 * @param sides 2, or 1 where only head is measured
 * @param turns whether both processes of a pair take turns: their neighbouring chunks are then judged too
 */
export function planMain(
  pace: UnitPace,
  pilot: Readonly<Record<string, readonly Replicate[]>>,
  pilotChunks: number,
  policy: JudgePolicy,
  budgetMs: number,
  sides: 1 | 2,
  turns = false,
): Plan {
  const names = pace.benchmarks.map(({ name }) => name);
  const steadiness: [string, SteadyState][] = names.map((name) => [name, detectWarmup(pilot[name] ?? [])]);
  const warmup = Object.fromEntries(steadiness.map(([name, found]) => [name, found.warmup]));
  const longest = Math.max(0, ...Object.values(warmup));
  const options = candidates(pace, Math.max(1, pilotChunks - longest)).map((chunks) => {
    const worstOf = (statistic: 'floor' | 'mean') =>
      names
        .map((name) => noiseAt(pilot[name] ?? [], statistic, warmup[name] ?? 0, chunks))
        .reduce((a, b) => ((b?.pair ?? 0) > (a?.pair ?? 0) ? b : a), undefined);
    const floor = worstOf('floor');
    // What either the floor or the median shows is enough; the benchmark that needs most counts.
    const worstOfBest = Math.max(
      0,
      ...names.map((name) => {
        const [replicates, from] = [pilot[name] ?? [], warmup[name] ?? 0];
        const own = noiseAt(replicates, 'floor', from, chunks)?.pair ?? 0;
        return turns ? Math.min(own, turnNoise(replicates, from, chunks) ?? own) : own;
      }),
    );
    const floorSd = CAUTION * worstOfBest;
    const meanSd = CAUTION * (worstOf('mean')?.pair ?? 0);
    const forFloor = Math.max(
      floorSd > policy.margin / 5 ? FEWEST_PAIRS_IN_NOISE : FEWEST_PAIRS,
      pairsFor(floorSd, policy.margin, policy.confidence),
    );
    const forMean = pairsFor(meanSd, policy.meanMargin, policy.confidence);
    const pairMs = sides * processMs(pace, chunks, warmup);
    return { chunks, floor, floorSd, forFloor, forMean, pairMs };
  });
  // What the floor needs chooses the chunks; the mean may only add pairs.
  const roomy = options.filter(({ pairMs }) => FEWEST_PAIRS * pairMs <= budgetMs);
  const cost = (option: (typeof options)[number]) =>
    roomy.length > 0 ? option.forFloor * option.pairMs : option.pairMs;
  const chosen = (roomy.length > 0 ? roomy : options).reduce((a, b) => (cost(b) < cost(a) ? b : a));
  const affordable = Math.floor(budgetMs / chosen.pairMs);
  const wanted = Math.max(chosen.forFloor, Math.min(chosen.forMean, MOST_PAIRS_FOR_MEAN));
  const pairs = Math.max(1, Math.min(wanted, affordable, MOST_PAIRS));
  const shift = detectableShift(pairs, chosen.floorSd, STAGE);
  const both = normalQuantile(1 - alphaOfAttempt(policy.alpha, 1) / 4) + normalQuantile(STAGE.power);
  const confirmed = (both * chosen.floorSd) / Math.sqrt(pairs * (1 + CONFIRM_SHARE));
  const found = Math.max(shift, confirmed, Math.log1p(policy.effectFloor));
  return {
    pairs,
    chunks: chosen.chunks,
    warmup,
    unsteady: steadiness.filter(([, state]) => !state.steady).map(([name]) => name),
    detectable: chosen.floor !== undefined && Number.isFinite(found) ? Math.expm1(found) : undefined,
    noise: chosen.floor,
    costMs: pairs * chosen.pairMs,
    limited: pairs < chosen.forFloor,
  };
}
