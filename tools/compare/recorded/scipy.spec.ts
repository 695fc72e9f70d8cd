import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mean, variance } from '../../kernel/statistics/index.ts';
import { trendP } from './order.ts';
import { rankSum } from './rank-sum.ts';
import { shiftBetween } from './shift.ts';
import { studentQuantile, studentTail, welch } from './welch.ts';

interface Golden {
  readonly scipy: string;
  readonly rankSum: readonly { kind: string; a: number[]; b: number[]; u: number; p: number }[];
  readonly hodgesLehmann: readonly {
    a: number[];
    b: number[];
    estimate: number;
    low: number;
    high: number;
  }[];
  readonly welch: readonly { a: number[]; b: number[]; p: number; low: number; high: number }[];
  readonly student: readonly [t: number, df: number, tail: number][];
  readonly kendall: readonly [x: number[], p: number][];
}

const golden: Golden = JSON.parse(readFileSync(new URL('fixtures/scipy.json', import.meta.url), 'utf8'));

function expectClose(actual: number, expected: number, tolerance = 1e-9): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(expected), 1e-6));
}

describe(`against SciPy ${golden.scipy}`, () => {
  it.each(golden.rankSum.map((one) => [one.kind, one.a.length, one.b.length, one] as const))(
    'exact rank-sum test, %s, %i and %i',
    (_kind, _m, _n, { a, b, u, p }) => {
      const found = rankSum(a, b);
      expect(found.u).toBe(u);
      expectClose(found.p, p);
    },
  );

  it('Hodges–Lehmann shift and its interval by inversion', () => {
    for (const { a, b, estimate, low, high } of golden.hodgesLehmann) {
      const found = shiftBetween(a, b, 0.95);
      expectClose(found.estimate, estimate);
      expectClose(found.interval[0], low);
      expectClose(found.interval[1], high);
      expect(found.attained).toBe(true);
    }
  });

  it("Welch's test and interval, and Student's distribution", () => {
    for (const { a, b, p, low, high } of golden.welch) {
      const moments = (x: number[]) => ({ mean: mean(x), variance: variance(x), n: x.length });
      const found = welch(moments(a), moments(b), 0.99);
      expectClose(found.p, p, 1e-7);
      expectClose(found.interval[0], low, 1e-6);
      expectClose(found.interval[1], high, 1e-6);
    }
    for (const [t, df, tail] of golden.student) {
      expectClose(studentTail(t, df), tail, 1e-7);
      expectClose(studentQuantile(tail, df), t, 1e-6);
    }
  });

  it("Mann's test of trend, but for its correction of continuity", () => {
    for (const [x, p] of golden.kendall) {
      expect(Math.abs(trendP(x) - p)).toBeLessThan(0.02);
      expect(trendP(x)).toBeGreaterThanOrEqual(p);
    }
  });
});
