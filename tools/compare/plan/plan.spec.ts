import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/statistics/index.ts';
import { judgePolicy } from '../policy.ts';
import { syntheticBatch } from '../synthetic/samples.ts';
import type { UnitPace } from './cost.ts';
import { pairOrders } from './order.ts';
import { planPilot } from './pilot-plan.ts';
import { FEWEST_PAIRS, MOST_PAIRS, planMain } from './plan.ts';

const pace: UnitPace = { benchmarks: [{ name: 'work', chunkMs: 1 }], startupMs: 50 };
const slow = (chunkMs: number): UnitPace => ({ benchmarks: [{ name: 'work', chunkMs }], startupMs: 50 });
const policy = judgePolicy();
const plan = (noise: number, budgetMs: number, unit = pace) =>
  planMain(
    unit,
    { work: syntheticBatch({ role: 'pilot', pairs: 6, ratio: 1.3, noise, chunks: 160 }).replicates },
    160,
    policy,
    budgetMs,
    2,
  );

describe('planMain', () => {
  it('takes the fewest pairs where it is quiet, and keeps most of the budget', () => {
    const quiet = plan(0.003, 14_000);
    expect(quiet).toMatchObject({ pairs: FEWEST_PAIRS, chunks: 20, limited: false, unsteady: [] });
    expect(quiet.costMs).toBeLessThan(3000);
    expect(quiet.detectable).toBeLessThan(0.05);
  });

  it('takes more pairs where processes differ, up to the budget and the cap', () => {
    const noisy = plan(0.05, 1e9);
    expect(noisy.pairs).toBeGreaterThan(30);
    expect(noisy.limited).toBe(false);
    const short = plan(0.05, 3000);
    expect(short.limited).toBe(true);
    expect(short.costMs).toBeLessThanOrEqual(3000);
    expect(short.detectable).toBeGreaterThan(noisy.detectable ?? 1);
    expect(plan(1, 1e9)).toMatchObject({ pairs: MOST_PAIRS, limited: true });
  });

  it('does not take a true change for noise', () => {
    expect(plan(0.001, 14_000).noise?.pair).toBeLessThan(0.004);
  });

  it('works without a pilot, and says that it knows nothing', () => {
    const blind = planMain(slow(900), {}, 1, policy, 14_000, 2);
    expect(blind).toMatchObject({ pairs: 7, chunks: 1, detectable: undefined, limited: true });
  });

  it('plans at least one pair, whatever the budget', () => {
    expect(plan(0.01, 0).pairs).toBe(1);
  });
});

describe('planPilot', () => {
  it.each([
    [1, 20_000, { pairs: 6, chunks: 200 }],
    [1, 60_000, { pairs: 6, chunks: 200 }],
    [40, 20_000, { pairs: 6, chunks: 5 }],
    [3000, 20_000, { pairs: 0, chunks: 1 }],
  ])('chunks of %d ms in a budget of %d ms', (chunkMs, budget, expected) => {
    expect(planPilot(slow(chunkMs), budget, 2)).toStrictEqual(expected);
  });
});

describe('pairOrders', () => {
  it('balances every four pairs, repeats for a seed, and differs between seeds', () => {
    const orders = pairOrders(40, seededRandom(1));
    for (let i = 0; i < 40; i += 4) {
      expect(orders.slice(i, i + 4).filter(([first]) => first === 'base')).toHaveLength(2);
    }
    expect(pairOrders(40, seededRandom(1))).toStrictEqual(orders);
    expect(pairOrders(40, seededRandom(2))).not.toStrictEqual(orders);
    expect(pairOrders(7, seededRandom(2))).toHaveLength(7);
  });
});
