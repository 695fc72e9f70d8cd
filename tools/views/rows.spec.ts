import { describe, expect, it } from 'vitest';
import { report } from './fixtures/report.ts';
import { againstOf, deltaRows } from './rows.ts';

describe('deltaRows', () => {
  it('puts what failed first and what nobody must look at last', () => {
    expect(deltaRows(report).map((row) => row.subject.verdict)).toEqual([
      'regressed',
      'inconclusive',
      'new',
      'unchanged',
    ]);
  });

  it('shows the figures of the deciding metric and names what else changed', () => {
    const [first] = deltaRows(report);
    expect(first?.metric?.statistic).toBe('floor');
    expect(first?.comparison?.change?.ratio).toBe(1.081);
    expect(first?.also.map(({ metric }) => metric.statistic)).toEqual(['mean']);
  });
});

it('names the base by a short commit', () => {
  expect(againstOf(report)).toBe('base 3f2a1c9d0');
});
