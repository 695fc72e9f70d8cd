import { describe, expect, it } from 'vitest';
import { gaussian, seededRandom } from '../../kernel/statistics/index.ts';
import { judgePolicy } from '../policy.ts';
import { judgeSamples } from './judge-samples.ts';
import { judgeSummaries } from './judge-summaries.ts';
import { orderOf } from './order.ts';
import { smallestP } from './rank-sum.ts';
import { shiftBetween } from './shift.ts';

const random = seededRandom(20261123);
const question = { policy: judgePolicy(), alpha: 0.001, mayCall: true, timed: true };

/** So many values about a level, with relative noise. */
function noisy(n: number, level: number, noise = 0.01): number[] {
  return Array.from({ length: n }, () => level * Math.exp(noise * gaussian(random)));
}

const one = (values: readonly number[]) => ({ order: 'kept' as const, processes: [values] });
const each = (values: readonly number[]) => ({
  order: 'kept' as const,
  processes: values.map((value) => [value]),
});

describe('judgeSamples', () => {
  it('finds +5 % by 12 samples a side of 1 % noise, and calls nothing without a change', () => {
    for (let trial = 0; trial < 40; trial++) {
      const base = noisy(12, 100);
      expect(judgeSamples(one(base), one(noisy(12, 105)), question).verdict).toBe('regressed');
      expect(judgeSamples(one(base), one(noisy(12, 95)), question).verdict).toBe('improved');
      expect(judgeSamples(one(base), one(noisy(12, 100)), question).verdict).toBe('unchanged');
    }
  });

  it('bears slow outliers, of a change as of none, small or large', () => {
    const spoilt = (level: number) =>
      noisy(12, level).map((value, i) => (i % 6 === 1 ? value * (2 + i) : value));
    for (let trial = 0; trial < 20; trial++) {
      for (const level of [105, 120, 150]) {
        expect(judgeSamples(one(spoilt(100)), one(spoilt(level)), question).verdict).toBe('regressed');
      }
      expect(judgeSamples(one(spoilt(100)), one(spoilt(100)), question).verdict).toBe('unchanged');
    }
  });

  it('takes a process for one measurement: what differs between processes is not the code', () => {
    let called = 0;
    for (let trial = 0; trial < 60; trial++) {
      const side = () => ({
        order: 'kept' as const,
        processes: Array.from({ length: 8 }, () => noisy(50, 100 * Math.exp(0.05 * gaussian(random)), 0.002)),
      });
      if (['regressed', 'improved'].includes(judgeSamples(side(), side(), question).verdict)) called += 1;
    }
    expect(called).toBe(0);
  });

  it('says nothing by too few, and how many it takes', () => {
    const judged = judgeSamples(one([100, 100.1, 99.9]), one([200, 200.3, 199]), question);
    expect(judged).toMatchObject({ verdict: 'inconclusive', tooFew: 7 });
    expect(judgeSamples(each([100]), each([200]), question)).toMatchObject({ verdict: 'inconclusive' });
    expect(judgeSamples(each([100]), each([100]), question).verdict).toBe('inconclusive');
  });

  it('decides by five processes a side where they agree', () => {
    expect(judgeSamples(each(noisy(5, 100)), each(noisy(5, 130)), question)).toMatchObject({
      verdict: 'regressed',
      test: "Welch's t-test over medians of processes",
    });
    // A coarse clock gives equal values, which prove no precision.
    const coarse = judgeSamples(each([10, 10, 10]), each([12, 12, 12]), question);
    expect(coarse.verdict).toBe('inconclusive');
  });

  it('never calls a change where it may not, and still shows that nothing changed', () => {
    const may = { ...question, mayCall: false };
    expect(judgeSamples(one(noisy(12, 100)), one(noisy(12, 200)), may).verdict).toBe('inconclusive');
    expect(judgeSamples(one(noisy(12, 100)), one(noisy(12, 100)), may).verdict).toBe('unchanged');
  });

  it('divides out what the controls did, and widens by what they disagree', () => {
    const both = { ...question, machine: { shift: Math.log(2), width: 0.01 } };
    expect(judgeSamples(one(noisy(12, 100)), one(noisy(12, 200)), both).verdict).toBe('unchanged');
    expect(judgeSamples(one(noisy(12, 100)), one(noisy(12, 100)), both).verdict).toBe('improved');
    const unsure = { ...question, machine: { shift: 0, width: 0.5 } };
    expect(judgeSamples(one(noisy(12, 100)), one(noisy(12, 130)), unsure).verdict).toBe('inconclusive');
  });

  it('takes neighbours together that resemble each other, and widens by drift', () => {
    const phases = [...noisy(6, 100), ...noisy(6, 130)];
    const judged = judgeSamples(one(noisy(12, 100)), one(phases), question);
    expect(judged.verdict).toBe('inconclusive');
    expect(judged.notes.join()).toContain('drift');
    const slow = [...noisy(5, 100), ...noisy(7, 130)];
    expect(judgeSamples(one(noisy(12, 100)), one(slow), question).verdict).toBe('inconclusive');
    // An autoregressive series of 400 samples, whose level wanders by more than its mean is sure.
    let level = 0;
    const wandering = () =>
      Array.from({ length: 400 }, () => {
        level = 0.98 * level + 0.01 * gaussian(random);
        return 100 * Math.exp(level);
      });
    const calls = Array.from({ length: 30 }, () =>
      judgeSamples(one(wandering()), one(wandering()), question),
    );
    expect(
      calls.filter(({ verdict }) => verdict === 'regressed' || verdict === 'improved').length,
    ).toBeLessThan(3);
  });

  it('is symmetric in its sides and free of the scale', () => {
    const [base, head] = [noisy(12, 100), noisy(14, 103)];
    const there = judgeSamples(one(base), one(head), question);
    const back = judgeSamples(one(head), one(base), question);
    expect(back.ratio).toBeCloseTo(1 / there.ratio, 10);
    expect(back.p).toBeCloseTo(there.p, 12);
    const scaled = judgeSamples(one(base.map((x) => x * 1e6)), one(head.map((x) => x * 1e6)), question);
    expect(scaled.ratio).toBeCloseTo(there.ratio, 10);
    expect(scaled.interval[0]).toBeCloseTo(there.interval[0], 10);
  });
});

describe('shiftBetween', () => {
  it('holds the truth as often as stated, outliers or not', () => {
    for (const outliers of [0, 0.1]) {
      const sample = (shift: number) =>
        Array.from({ length: 12 }, () => shift + gaussian(random) + (random() < outliers ? 30 : 0));
      let held = 0;
      for (let trial = 0; trial < 400; trial++) {
        const [low, high] = shiftBetween(sample(0), sample(1), 0.95).interval;
        if (low <= 1 && 1 <= high) held += 1;
      }
      expect(held).toBeGreaterThan(0.93 * 400);
    }
  });

  it('says where no interval of so few reaches the confidence', () => {
    const found = shiftBetween([1, 2, 3], [4, 5, 6], 0.99);
    expect(found).toMatchObject({ attained: false, interval: [1, 5] });
    expect(found.confidence).toBeCloseTo(0.9, 12);
    expect(smallestP(12, 12)).toBeCloseTo(2 / 2_704_156, 15);
  });

  it('takes constant samples for what they are', () => {
    expect(shiftBetween(Array(12).fill(3), Array(12).fill(3), 0.99)).toMatchObject({
      estimate: 0,
      interval: [0, 0],
      p: 1,
    });
    const apart = shiftBetween(Array(12).fill(3), Array(12).fill(4), 0.99);
    expect(apart).toMatchObject({ estimate: 1, interval: [1, 1] });
    expect(apart.p).toBeCloseTo(4 / 2_704_156, 12);
  });
});

describe('orderOf', () => {
  it('seldom suspects independent samples, and finds phases and drift', () => {
    let suspected = 0;
    for (let trial = 0; trial < 1000; trial++) suspected += orderOf(noisy(12, 1)).independent ? 0 : 1;
    expect(suspected).toBeLessThan(25);
    expect(orderOf([...noisy(8, 1), ...noisy(8, 1.1)])).toMatchObject({ independent: false });
    expect(orderOf(noisy(12, 1).map((value, i) => value * (1 + 0.01 * i))).independent).toBe(false);
    expect(orderOf([1, 2, 3]).independent).toBe(true);
  });
});

describe('judgeSummaries', () => {
  it('calls what lies far beyond its allowance, and no more', () => {
    const at = (mean: number, sd = mean / 100, count = 12) => ({ count, mean, sd });
    expect(judgeSummaries(at(100), at(112), question).verdict).toBe('regressed');
    expect(judgeSummaries(at(112), at(100), question).verdict).toBe('improved');
    expect(judgeSummaries(at(100), at(103), question).verdict).toBe('inconclusive');
    expect(judgeSummaries(at(100), at(100), question).verdict).toBe('unchanged');
    expect(judgeSummaries(at(100, 90), at(130, 90), question).verdict).toBe('inconclusive');
    expect(judgeSummaries(at(100, 1, 2), at(300, 1, 2), question)).toMatchObject({
      verdict: 'inconclusive',
      tooFew: 5,
    });
    const wild = judgeSummaries(at(1e-300, 1e300), at(1), question);
    expect(wild.interval.every(Number.isFinite)).toBe(true);
  });
});
