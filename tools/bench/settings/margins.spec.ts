import { expect, it } from 'vitest';
import { judgePolicy } from '../../compare/policy.ts';
import { policyFor, tightestPolicy } from './margins.ts';

const settings = {
  judge: judgePolicy({ margin: 0.05 }),
  config: {
    budgets: [
      { benchmark: '.', margin: 0.1, severity: 'error' as const },
      { benchmark: 'parse', margin: 0.02, severity: 'error' as const },
      { benchmark: 'parse', max: '1ms', severity: 'error' as const },
    ],
  },
};

it('lets the last relative budget that matches set the margin and what follows from it', () => {
  expect(policyFor('a › parse', settings)).toMatchObject({ margin: 0.02, effectFloor: 0.01 });
  expect(policyFor('a › format', settings)).toMatchObject({ margin: 0.1, effectFloor: 0.05 });
  expect(policyFor('a › format', { ...settings, config: {} })).toBe(settings.judge);
});

it('plans a group by its most demanding benchmark', () => {
  expect(tightestPolicy(['a › format', 'a › parse'], settings).margin).toBe(0.02);
  expect(tightestPolicy(['a › format'], settings).margin).toBe(0.05);
});

it('leaves the policy of memory as it is', () => {
  const memory = { margin: 0.2, peakMargin: 0.5 };
  const own = { ...settings, judge: judgePolicy({ memoryMargin: 0.2 }) };
  expect(policyFor('a › parse', own)).toMatchObject({ margin: 0.02, memory });
  const without = { ...settings, judge: judgePolicy({ memory: false }) };
  expect(policyFor('a › parse', without).memory).toBeUndefined();
});
