import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changePoints,
  detectableShift,
  fewestPairs,
  gaussian,
  hodgesLehmann,
  pairsNeeded,
  seededRandom,
  seedOf,
  shuffled,
  signedRank,
  steadyState,
  valuesNeeded,
} from './index.ts';

/** Halves of integers: shifts and scalings by powers of two stay exact. */
const values = fc.array(
  fc.integer({ min: -4000, max: 4000 }).map((value) => value / 2),
  { minLength: 1, maxLength: 25 },
);
const bounds = fc.constantFrom(1, 0.5, 0.3);

describe('signed-rank test', () => {
  it('ignores scale and order', () => {
    fc.assert(
      fc.property(values, bounds, fc.integer(), (x, bound, seed) => {
        const p = signedRank(x, 'two-sided', bound).p;
        expect(
          signedRank(
            x.map((value) => value * 8),
            'two-sided',
            bound,
          ).p,
        ).toBeCloseTo(p, 12);
        expect(signedRank(shuffled(x, seededRandom(seed)), 'two-sided', bound).p).toBeCloseTo(p, 12);
      }),
    );
  });

  it('swaps its one-sided values when base and head are swapped', () => {
    fc.assert(
      fc.property(values, bounds, (x, bound) => {
        const flipped = x.map((value) => -value);
        expect(signedRank(flipped, 'less', bound).p).toBeCloseTo(signedRank(x, 'greater', bound).p, 12);
        expect(signedRank(flipped, 'two-sided', bound).p).toBeCloseTo(
          signedRank(x, 'two-sided', bound).p,
          12,
        );
      }),
    );
  });

  it('falls to 2 · 2⁻ⁿ when all differences agree, and no lower', () => {
    for (const n of [1, 5, 12, 30]) {
      const x = Array.from({ length: n }, (_, i) => i + 1);
      expect(signedRank(x, 'two-sided', 0.5).p).toBeCloseTo(Math.min(1, 2 * 0.5 ** n), 15);
    }
    expect(fewestPairs(0.005)).toBe(9);
    expect(valuesNeeded(0.99)).toBe(8);
  });

  it.each([[[]], [[0]], [[0, 0, 0]]])('says nothing about %j', (x) => expect(signedRank(x).p).toBe(1));

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (bad) => {
    expect(() => signedRank([1, bad])).toThrow(RangeError);
    expect(() => hodgesLehmann([1, bad], 0.95)).toThrow(RangeError);
  });

  it('meets its level and no more under no change (20,000 samples, seeded)', () => {
    const random = seededRandom(7);
    let rejected = 0;
    for (let run = 0; run < 20_000; run++) {
      const x = Array.from({ length: 12 }, () => gaussian(random) ** 3);
      if (signedRank(x, 'two-sided', 0.5).p <= 0.05) rejected++;
    }
    expect(rejected / 20_000).toBeGreaterThan(0.03);
    expect(rejected / 20_000).toBeLessThan(0.055);
  });
});

describe('Hodges–Lehmann interval', () => {
  it('moves with a shift and grows with a scale', () => {
    fc.assert(
      fc.property(values, bounds, fc.integer({ min: -100, max: 100 }), (x, bound, shift) => {
        const plain = hodgesLehmann(x, 0.9, bound);
        const moved = hodgesLehmann(
          x.map((value) => 4 * value + shift),
          0.9,
          bound,
        );
        expect(moved.estimate).toBeCloseTo(4 * plain.estimate + shift, 9);
        for (const end of [0, 1] as const) {
          expect(moved.interval.interval[end]).toBeCloseTo(4 * plain.interval.interval[end] + shift, 9);
        }
      }),
    );
  });

  it('is the set of shifts that the test does not reject', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: -5000, max: 5000 }), { minLength: 8, maxLength: 20 });
    fc.assert(
      fc.property(distinct, bounds, (integers, bound) => {
        // Irregular spacing: no two Walsh averages are equal.
        const x = integers.map((value) => value + Math.sin(value) / 10);
        const { interval } = hodgesLehmann(x, 0.95, bound);
        const alpha = 1 - interval.confidence + 1e-12;
        const p = (shift: number) =>
          signedRank(
            x.map((value) => value - shift),
            'two-sided',
            bound,
          ).p;
        const [low, high] = interval.interval;
        expect(p(low - 1e-6)).toBeLessThanOrEqual(alpha);
        expect(p(high + 1e-6)).toBeLessThanOrEqual(alpha);
        expect(p(low + 1e-6)).toBeGreaterThan(alpha);
        expect(p(high - 1e-6)).toBeGreaterThan(alpha);
      }),
    );
  });

  it('covers the truth as often as it says, tails or not (bounded and not; seeded)', () => {
    const random = seededRandom(11);
    for (const bound of [1, 0.5]) {
      let covered = 0;
      let promised = 0;
      for (let run = 0; run < 3000; run++) {
        const x = Array.from({ length: 14 }, () => 3 + gaussian(random) * (random() < 0.2 ? 20 : 1));
        const { interval } = hodgesLehmann(x, 0.95, bound);
        promised = interval.confidence;
        if (interval.interval[0] <= 3 && 3 <= interval.interval[1]) covered++;
      }
      expect(promised).toBeGreaterThanOrEqual(0.95);
      expect(covered / 3000).toBeGreaterThan(promised - 0.012);
    }
  });

  it('says when there are too few values', () => {
    expect(hodgesLehmann([1, 2, 3], 0.99).interval).toStrictEqual({
      state: 'too-few',
      interval: [1, 3],
      confidence: 0.75,
      needed: 8,
    });
  });
});

describe('power', () => {
  it.each([
    [0.05, 0.9, 0.6],
    [0.005, 0.975, 1],
    [0.01, 0.95, 0.8],
  ])('plans pairs that find the shift (α %d, power %d, shift %d sd; simulated)', (alpha, power, shift) => {
    const n = pairsNeeded(shift, 1, { alpha, power });
    const random = seededRandom(3);
    let found = 0;
    for (let run = 0; run < 3000; run++) {
      const x = Array.from({ length: n }, () => shift + gaussian(random));
      if (signedRank(x).p <= alpha) found++;
    }
    expect(found / 3000).toBeGreaterThan(power - 0.03);
  });

  it('is its own inverse', () => {
    const question = { alpha: 0.01, power: 0.95 };
    const shift = detectableShift(40, 2, question);
    expect(pairsNeeded(shift * 1.0001, 2, question)).toBe(40);
    expect(detectableShift(5, 2, question)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('changePoints', () => {
  it('finds the one step there is', () => {
    const random = seededRandom(5);
    const series = Array.from({ length: 80 }, (_, i) => (i < 30 ? 2 : 1) + 0.02 * gaussian(random));
    expect(changePoints(series).map(({ start, end }) => [start, end])).toStrictEqual([
      [0, 30],
      [30, 80],
    ]);
  });

  it('leaves a level alone, and short or empty series whole', () => {
    const random = seededRandom(6);
    const level = Array.from({ length: 100 }, () => 1 + 0.05 * gaussian(random));
    expect(changePoints(level)).toHaveLength(1);
    expect(changePoints([1, 1, 9])).toMatchObject([{ start: 0, end: 3 }]);
    expect(changePoints([])).toStrictEqual([]);
  });
});

describe('steadyState', () => {
  const runs = (shape: (i: number) => number, noise: (random: () => number) => number) => {
    const random = seededRandom(9);
    return Array.from({ length: 6 }, () => Array.from({ length: 120 }, (_, i) => shape(i) * noise(random)));
  };

  it('ends the warm-up where the level is reached, whatever the speed of the machine did', () => {
    const found = steadyState(
      runs(
        (i) => (i < 20 ? 1.5 : 1),
        (random) => (random() < 0.3 ? 1.6 : 1) * (1 + 0.01 * random()),
      ),
    );
    expect(found).toStrictEqual({ warmup: 20, steady: true });
  });

  it('takes nothing off where there is no warm-up', () => {
    expect(
      steadyState(
        runs(
          () => 1,
          (random) => 1 + 0.02 * random(),
        ),
      ).warmup,
    ).toBe(0);
  });

  it('says so where the pace never settles', () => {
    expect(
      steadyState(
        runs(
          (i) => 1 + i / 60,
          (random) => 1 + 0.01 * random(),
        ),
      ).steady,
    ).toBe(false);
  });

  it('has nothing to say about a handful of chunks', () => {
    expect(steadyState([[1, 2, 3]])).toStrictEqual({ warmup: 0, steady: true });
    expect(steadyState([])).toStrictEqual({ warmup: 0, steady: true });
  });
});

describe('seeds', () => {
  it('repeat, and differ between names', () => {
    expect(seededRandom(42)()).toBe(seededRandom(42)());
    expect(seedOf('parse')).not.toBe(seedOf('parse2'));
  });
});
