import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Alternative,
  binomialCdf,
  clopperPearson,
  giniSd,
  hodgesLehmann,
  mean,
  medianAbsoluteDeviation,
  normalCdf,
  normalQuantile,
  quantile,
  signedRank,
  variance,
} from './index.ts';

interface Golden {
  readonly scipy: string;
  readonly signedRank: readonly { x: number[]; alternative: Alternative; p: number; kind: string }[];
  readonly bounded: readonly { x: number[]; bound: number; p: number }[];
  readonly walsh: readonly {
    x: number[];
    estimate: number;
    intervals: [confidence: number, low: number, high: number, attained: number][];
  }[];
  readonly spread: readonly {
    x: number[];
    mean: number;
    variance: number;
    mad: number;
    gini: number;
    quantiles: [number, number][];
  }[];
  readonly normalCdf: readonly [number, number][];
  readonly normalQuantile: readonly [number, number][];
  readonly binomialCdf: readonly [number, number, number, number][];
  readonly clopperPearson: readonly [number, number, number, number, number][];
}

const golden: Golden = JSON.parse(readFileSync(new URL('fixtures/scipy.json', import.meta.url), 'utf8'));

/** Relative where the value is large, absolute near 0. */
function expectClose(actual: number, expected: number, tolerance = 1e-9): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(expected), 1e-3));
}

describe(`against SciPy ${golden.scipy}`, () => {
  it.each(golden.signedRank.map((one) => [`${one.kind} n=${one.x.length} ${one.alternative}`, one] as const))(
    'signed-rank p, %s',
    (_, { x, alternative, p, kind }) => {
      const found = signedRank(x, alternative);
      expect(found.method).toBe(kind === 'normal' ? 'normal' : 'exact');
      expectClose(found.p, p);
    },
  );

  it.each(golden.bounded.map((one) => [one.x.length, one.bound, one] as const))(
    'bounded scores equal every assignment of signs, n=%i bound %d',
    (_, bound, { x, p }) => expectClose(signedRank(x, 'two-sided', bound).p, p),
  );

  it.each(golden.walsh.map((one) => [one.x.length, one] as const))(
    'Hodges–Lehmann estimate and intervals, n=%i',
    (_, { x, estimate, intervals }) => {
      for (const confidence of [0.9, 0.95, 0.99]) {
        const found = hodgesLehmann(x, confidence);
        expectClose(found.estimate, estimate);
        const expected = intervals.find(([level]) => level === confidence);
        expect(found.interval.state).toBe(expected === undefined ? 'too-few' : 'attained');
        if (expected === undefined) continue;
        expectClose(found.interval.interval[0], expected[1]);
        expectClose(found.interval.interval[1], expected[2]);
        expectClose(found.interval.confidence, expected[3]);
      }
    },
  );

  it('moments and quantiles', () => {
    for (const one of golden.spread) {
      expectClose(mean(one.x), one.mean);
      expectClose(variance(one.x), one.variance);
      expectClose(medianAbsoluteDeviation(one.x), one.mad);
      expectClose(giniSd(one.x), one.gini);
      for (const [q, value] of one.quantiles) expectClose(quantile(one.x, q), value);
    }
  });

  it('the normal distribution', () => {
    for (const [x, p] of golden.normalCdf) expectClose(normalCdf(x), p, x < -5 ? 1e-6 : 1e-12);
    for (const [p, x] of golden.normalQuantile) expectClose(normalQuantile(p), x, 1e-11);
  });

  it('the binomial distribution and its interval', () => {
    for (const [k, n, p, cdf] of golden.binomialCdf) expectClose(binomialCdf(k, n, p), cdf);
    for (const [k, n, confidence, low, high] of golden.clopperPearson) {
      const found = clopperPearson(k, n, confidence);
      expectClose(found[0], low, 1e-7);
      expectClose(found[1], high, 1e-7);
    }
  });
});
