import { expect, it } from 'vitest';
import { judgePolicy } from '../policy.ts';
import type { Judgement, StatisticJudgement, Verdict } from '../types.ts';
import type { CountSamples, Witness } from './types.ts';
import { withCounts } from './with-counts.ts';

function wall(verdict: Verdict, interval: readonly [number, number] = [0.9, 1.12]): Judgement {
  const ratio = Math.sqrt(interval[0] * interval[1]);
  const side = { value: 100, interval: [99, 101] } as const;
  const floor: StatisticJudgement = {
    ...{
      statistic: 'floor',
      head: side,
      base: side,
      ratio,
      interval,
      confidence: 0.99,
      p: 0.5,
      alpha: 0.001,
    },
    ...{ margin: 0.05, pairs: 20, confirmed: verdict === 'regressed', verdict },
  };
  const decidedBy = verdict === 'inconclusive' ? [] : (['floor'] as const);
  return { verdict, decidedBy, statistics: [floor], notes: ['of time'] };
}

function counts(ratio: number): CountSamples {
  const slope = (side: 'base' | 'head', round: number, perOp: number) => ({
    ...{ side, round },
    ...{ operations: [0, 1000] as const, instructions: [5e8, 5e8 + 1000 * perOp] as const },
  });
  const slopes = [0, 1].flatMap((n) => [slope('base', n, 1e5), slope('head', n, 1e5 * ratio)]);
  return { state: 'counted', tool: 'valgrind 3.19.0', language: 'python', warmup: 10, slopes };
}

const NOT: CountSamples = { state: 'not-counted', kind: 'missing', reason: 'valgrind is not installed' };

function verdictOf(time: Judgement, samples: CountSamples, witness?: Witness) {
  const { verdict, counts } = withCounts(time, samples, judgePolicy({ witness }));
  return [verdict, counts?.role];
}

it('lets counts decide what wall time left open', () => {
  expect(verdictOf(wall('inconclusive'), counts(1))).toEqual(['unchanged', 'decides']);
  expect(verdictOf(wall('inconclusive'), counts(1.04))).toEqual(['regressed', 'decides']);
  expect(verdictOf(wall('inconclusive'), counts(0.9))).toEqual(['improved', 'decides']);
});

it('leaves to wall time what it has decided', () => {
  expect(verdictOf(wall('unchanged'), counts(1.04))).toEqual(['unchanged', 'beside']);
  expect(verdictOf(wall('regressed', [1.03, 1.1]), counts(1.06))).toEqual(['regressed', 'beside']);
});

it('lets counts decide always, where policy says so', () => {
  expect(verdictOf(wall('unchanged'), counts(1.04), 'instructions')).toEqual(['regressed', 'decides']);
  expect(verdictOf(wall('regressed', [1.03, 1.1]), counts(1.06), 'instructions')).toEqual([
    'regressed',
    'decides',
  ]);
});

it('ignores counts, where policy says so', () => {
  const time = wall('inconclusive');
  expect(withCounts(time, counts(1.2), judgePolicy({ witness: 'wall' }))).toBe(time);
});

it.each([
  ['regressed', [1.03, 1.1], 1],
  ['regressed', [1.03, 1.1], 0.9],
  ['improved', [0.9, 0.95], 1.001],
  ['unchanged', [0.98, 1.02], 1.2],
] as const)('believes neither where time says %s (%j) and counts %d', (verdict, interval, ratio) => {
  for (const witness of ['auto', 'instructions'] as const) {
    const both = withCounts(wall(verdict, interval), counts(ratio), judgePolicy({ witness }));
    expect(both.verdict).toBe('inconclusive');
    expect(both.counts?.role).toBe('contradicts');
    expect(both.notes[0]).toMatch(
      /^The witnesses contradict each other: wall time .*, its instructions say /,
    );
    expect(both.statistics).toHaveLength(1);
  }
});

it('does not clear by counts what wall time all but shows', () => {
  const both = withCounts(wall('inconclusive', [1.04, 1.2]), counts(1), judgePolicy());
  expect(both.counts?.role).toBe('contradicts');
  expect(both.notes[0]).toContain('lies wholly beyond the effect floor (+4.0 % to +20.0 %)');
  expect(verdictOf(wall('inconclusive', [1.04, 1.2]), counts(1.1))).toEqual(['regressed', 'decides']);
});

it('says why nothing was counted, and holds that against a benchmark only where counts were to decide', () => {
  const auto = withCounts(wall('inconclusive'), NOT, judgePolicy());
  expect(auto.verdict).toBe('inconclusive');
  expect(auto.notes).toEqual(['of time', 'Its instructions were not counted: valgrind is not installed.']);
  expect(verdictOf(wall('unchanged'), NOT)).toEqual(['unchanged', 'beside']);
  expect(verdictOf(wall('unchanged'), NOT, 'instructions')).toEqual(['inconclusive', 'beside']);
});
