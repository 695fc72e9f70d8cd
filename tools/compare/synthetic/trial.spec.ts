import { describe, expect, it } from 'vitest';
import { clopperPearson } from '../../kernel/statistics/index.ts';
import { MACHINES } from './machines.ts';
import { runTrial, type TrialRequest } from './trial.ts';

const trial = (request: Omit<TrialRequest, 'seed'>) => runTrial({ seed: 100, ...request });

/** The rate cannot be as high as `most` (99.9 % sure would be asked too much of so few runs; 95 %). */
function expectAtLeast(hits: number, runs: number, least: number): void {
  expect(clopperPearson(hits, runs, 0.95)[1]).toBeGreaterThanOrEqual(least);
}

/** `npm run trial` style runs of thousands are `node tools/compare/synthetic/trial.ts --runs=5000`. */
describe('whole comparisons on machines whose truth is known', () => {
  it.each([
    ['quiet', 100, 0],
    ['toggling', 80, 0.2],
    ['layout', 30, 0.3],
    ['busy', 40, 1],
  ] as const)('%s: the same code on both sides raises nothing', async (name, runs, inconclusive) => {
    const found = await trial({ traits: MACHINES[name], runs, ratio: 1 });
    expect(found.verdicts.regressed + found.verdicts.improved).toBe(0);
    expect(found.verdicts.inconclusive / runs).toBeLessThanOrEqual(inconclusive);
    expectAtLeast(found.floorCovered, runs, 0.99);
    expectAtLeast(found.meanCovered, runs, 0.99);
  });

  it.each([
    ['quiet', 40, 1.1, 1],
    ['quiet', 40, 1.05, 1],
    ['quiet', 40, 0.9, 1],
    ['toggling', 40, 1.1, 0.75],
    ['layout', 20, 1.1, 0.9],
    ['busy', 30, 1.1, 0.3],
  ] as const)('%s: %i runs with a true ratio of %d', async (name, runs, ratio, least) => {
    const found = await trial({ traits: MACHINES[name], runs, ratio });
    const [right, wrong] =
      ratio > 1 ? (['regressed', 'improved'] as const) : (['improved', 'regressed'] as const);
    expect(found.verdicts[right] / runs).toBeGreaterThanOrEqual(least);
    expect(found.verdicts[wrong]).toBe(0);
    if (Math.abs(ratio - 1) > 0.09) expect(found.verdicts.unchanged).toBe(0);
    expectAtLeast(found.floorCovered, runs, 0.98);
  });

  it('finds what happens on every tenth chunk only', async () => {
    const found = await trial({ traits: MACHINES.quiet, runs: 30, ratio: 1.3, everyChunk: 10 });
    expect(found.verdicts.regressed).toBe(30);
    expectAtLeast(found.floorCovered, 30, 0.99);
  });

  it('spends little where it is quiet', async () => {
    const found = await trial({ traits: MACHINES.quiet, runs: 20, ratio: 1 });
    expect(found.medianMs).toBeLessThan(6000);
    expect(found.verdicts.unchanged).toBe(20);
  });

  it('ends inconclusive, and in time, where the budget is too small', async () => {
    const found = await trial({ traits: MACHINES.busy, runs: 20, ratio: 1.1, budgetMs: 2000 });
    expect(found.verdicts).toStrictEqual({ improved: 0, unchanged: 0, regressed: 0, inconclusive: 20 });
    expect(found.medianMs).toBeLessThan(3500);
  });
});
