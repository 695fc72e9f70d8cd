import { processMs, type UnitPace } from './cost.ts';

export interface PilotPlan {
  /** Pairs of processes; 0 where operations are so slow that even a pilot would eat the budget. */
  readonly pairs: number;
  readonly chunks: number;
}

/** Six pairs tell a scale within a third; more would cost what the main batch needs. */
const PILOT_PAIRS = 6;
const FEWER_PILOT_PAIRS = 4;
const FEWEST_PILOT_PAIRS = 3;
/** Of the time budget. */
export const PILOT_SHARE = 0.2;

/**
 * How to probe the noise. Each process runs about as long as it takes to start, within 200 to 500 ms for each
 * benchmark: the main batch will take a leading part of that, and not more.
 *
 * @param sides processes of one pair: 2, or 1 where only head is measured
 */
export function planPilot(pace: UnitPace, budgetMs: number, sides: 1 | 2): PilotPlan {
  const typical = Math.min(...pace.benchmarks.map(({ chunkMs }) => chunkMs));
  const wishMs = Math.min(500, Math.max(200, pace.startupMs / pace.benchmarks.length));
  let chunks = Math.max(1, Math.round(wishMs / typical));
  let pairs = PILOT_PAIRS;
  const cost = () => sides * pairs * processMs(pace, chunks);
  const limit = PILOT_SHARE * budgetMs;
  while (cost() > limit && pairs > FEWER_PILOT_PAIRS) pairs--;
  while (cost() > limit && chunks > Math.max(1, 20 / typical)) chunks = Math.max(1, Math.floor(chunks / 2));
  while (cost() > limit && pairs > FEWEST_PILOT_PAIRS) pairs--;
  return cost() > 2 * limit ? { pairs: 0, chunks: Math.max(1, chunks) } : { pairs, chunks };
}
