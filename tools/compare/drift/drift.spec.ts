import { describe, expect, it } from 'vitest';
import { driftOf, FEWEST_POINTS } from './drift.ts';
import { syntheticHistory } from './synthetic-history.ts';
import { tallyDrift } from './trial.ts';
import type { Drift, DriftPoint } from './types.ts';

const QUIET = { noise: 0.01 };

function drifted(drift: Drift): Extract<Drift, { state: 'drifted' }> {
  if (drift.state !== 'drifted') throw new Error(`${drift.state}: ${JSON.stringify(drift)}`);
  return drift;
}

describe('a history that drifts', () => {
  it('by 1 % twenty times is a slope, with its total', () => {
    const found = drifted(driftOf(syntheticHistory(21, QUIET, { shape: 'slope', total: 1.01 ** 20 }, 3)));
    expect(found.shape).toBe('slope');
    expect(found.total.interval[0]).toBeLessThan(1.01 ** 20);
    expect(found.total.interval[1]).toBeGreaterThan(1.01 ** 20);
    expect(found.total.ratio).toBeCloseTo(1.22, 1);
    expect(found.span).toEqual([0, 20]);
  });

  it('at one commit is a step, between the points around it', () => {
    const found = drifted(driftOf(syntheticHistory(30, QUIET, { shape: 'step', total: 1.1, at: 17 }, 5)));
    expect(found.shape).toBe('steps');
    expect(found.steps).toHaveLength(1);
    expect(found.steps[0]).toMatchObject({ between: [16, 17] });
    expect(found.steps[0]?.ratio).toBeCloseTo(1.1, 1);
  });

  it('in two steps names both', () => {
    const history = syntheticHistory(45, QUIET, { shape: 'none', total: 1 }, 9).map((point, i) =>
      scaled(point, i < 15 ? 1 : i < 30 ? 1.2 : 1.5),
    );
    const found = drifted(driftOf(history));
    expect(found.steps.map(({ between }) => between)).toEqual([
      [14, 15],
      [29, 30],
    ]);
    expect(found.steps.map(({ ratio }) => Math.round(ratio * 20) / 20)).toEqual([1.2, 1.25]);
    expect(found.total.ratio).toBeCloseTo(1.5, 1);
  });

  it('is the same whatever the unit, and mirrored where time runs backwards', () => {
    const history = syntheticHistory(30, QUIET, { shape: 'step', total: 1.1, at: 12 }, 5);
    const [one, other, back] = [
      driftOf(history),
      driftOf(history.map((point) => scaled(point, 1e6))),
      driftOf(history.toReversed()),
    ].map(drifted) as [
      Extract<Drift, { state: 'drifted' }>,
      Extract<Drift, { state: 'drifted' }>,
      Extract<Drift, { state: 'drifted' }>,
    ];
    expect(other.total.ratio).toBeCloseTo(one.total.ratio, 10);
    expect(back.total.ratio).toBeCloseTo(1 / one.total.ratio, 10);
    expect(back.p).toBeCloseTo(one.p, 3);
  });
});

describe('a history that does not drift', () => {
  it('is steady, and says what it would have seen', () => {
    const found = driftOf(syntheticHistory(30, QUIET, { shape: 'none', total: 1 }, 2));
    expect(found).toMatchObject({ state: 'steady', alpha: 0.001 });
    if (found.state === 'steady') {
      expect(found.detectable).toBeGreaterThan(0.01);
      expect(found.detectable).toBeLessThan(0.05);
    }
  });

  it('though the machine was replaced by one 1.4 times slower', () => {
    const traits = { noise: 0.01, machines: { count: 2, order: 'replaced' } } as const;
    const found = driftOf(syntheticHistory(40, traits, { shape: 'none', total: 1 }, 2));
    expect(found.state).toBe('steady');
    expect(found.notes.join()).toContain('2 classes of machine');
  });

  it('is called so rarely enough, on machines of several kinds', { timeout: 60_000 }, () => {
    const none = { shape: 'none', total: 1 } as const;
    const kinds = [{ noise: 0.02 }, { noise: 0.02, busyEvery: 5 }];
    const alarms = kinds.map((traits) => tallyDrift(400, 20, traits, none, 77).drifted);
    // Declared is 0.1 %: more than 5 of 400 would come once in 100,000 such tests.
    for (const count of alarms) expect(count).toBeLessThanOrEqual(5);
  });

  it('has no verdict with too few points on one machine', () => {
    const history = syntheticHistory(FEWEST_POINTS - 1, QUIET, { shape: 'slope', total: 2 }, 1);
    expect(driftOf(history)).toMatchObject({ state: 'too-few', needed: FEWEST_POINTS });
    expect(driftOf([])).toMatchObject({ state: 'too-few', used: [] });
  });
});

describe('points', () => {
  it('that are no figures are left out and counted', () => {
    const history = syntheticHistory(20, QUIET, { shape: 'none', total: 1 }, 2);
    const broken = [Number.NaN, 0, -1, Number.POSITIVE_INFINITY].map((value, i) => ({
      ...history[i]!,
      value,
    }));
    const found = driftOf([...broken, ...history]);
    expect(found.used).toEqual(history.map((_, i) => i + 4));
    expect(found.notes).toEqual([
      '4 of 24 points are no positive numbers within their interval and were left out.',
    ]);
  });

  it('are divided by the controls of their session', () => {
    const traits = { noise: 0.15, controlled: 0.995 };
    const history = syntheticHistory(30, traits, { shape: 'step', total: 1.15, at: 15 }, 4);
    expect(drifted(driftOf(history)).steps[0]?.between).toEqual([14, 15]);
    const without = history.map(({ controls: _, ...point }) => point);
    expect(driftOf(without).state).toBe('steady');
  });

  it('that all are equal have no drift', () => {
    const point = syntheticHistory(1, QUIET, { shape: 'none', total: 1 }, 2)[0]!;
    expect(driftOf(Array.from({ length: 20 }, () => point))).toMatchObject({ state: 'steady', p: 1 });
  });
});

function scaled(point: DriftPoint, factor: number): DriftPoint {
  const [low, high] = point.interval;
  return { ...point, value: point.value * factor, interval: [low * factor, high * factor] };
}
