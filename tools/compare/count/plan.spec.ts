import { expect, it } from 'vitest';
import { planCounts } from './plan.ts';
import { COUNT_TRAITS } from './traits.ts';

const { typescript, go, python } = COUNT_TRAITS;

it('chooses operations by the pace', () => {
  expect(planCounts(1e5, python)).toEqual({ state: 'planned', warmup: 50, fewer: 30, more: 330 });
  expect(planCounts(1e4, go)).toEqual({ state: 'planned', warmup: 500, fewer: 800, more: 8800 });
});

it('warms V8 up by calls, where they are quick enough', () => {
  expect(planCounts(1e3, typescript)).toMatchObject({ warmup: 25_000 });
  expect(planCounts(1e4, typescript)).toMatchObject({ warmup: 3600 });
  expect(planCounts(1e5, typescript)).toMatchObject({ warmup: 600 });
});

it('counts a slow operation once more than at first', () => {
  expect(planCounts(150e6, python)).toEqual({ state: 'planned', warmup: 1, fewer: 1, more: 2 });
});

it('does not begin what would take minutes, or whose pace is unknown', () => {
  expect(planCounts(3e9, python)).toEqual({
    state: 'impossible',
    reason: 'one operation takes 3.0 s, too long for a counter',
  });
  expect(planCounts(Number.NaN, python)).toMatchObject({ state: 'impossible' });
});

it('keeps the garbage that Go does not collect within bounds', () => {
  const plan = planCounts(1e4, go, 1e6);
  if (plan.state !== 'planned') throw new Error(plan.reason);
  expect((plan.warmup + plan.more) * 1e6).toBeLessThan(768 * 2 ** 20);
  expect(plan.more).toBeGreaterThan(2 * plan.fewer);
  expect(planCounts(1e4, python, 1e6)).toMatchObject({ more: 3300 });
  expect(planCounts(1e8, go, 2 ** 30)).toMatchObject({ state: 'impossible' });
});
