import { describe, expect, it } from 'vitest';
import type { Canary } from '../measure/canary.ts';
import { canaryChecks, canaryFindings } from './checks.ts';
import { statistic } from './fixtures/outcomes.ts';
import { overallVerdict } from './verdict.ts';

const context = { capability: 'bench', project: 'a', target: 'a:bench', baseRef: 'f00' };
const judgement = (verdict: 'regressed' | 'unchanged', ratio: number) => ({
  ...{ verdict, decidedBy: ['floor'] as const, notes: [] },
  statistics: [statistic(verdict, ratio)],
});
const told = { harness: 'vitest', subject: 'a.bench.ts › one', truth: 1.1 };
const found: Canary = { ...told, state: 'found', judgement: judgement('regressed', 1.1) };
const missed: Canary = { ...told, state: 'missed', judgement: judgement('unchanged', 1) };
const unmeasured: Canary = { state: 'not-measured', harness: 'go-testing', reason: 'it was killed.' };
const subjects = [{ id: 'x', title: 'x', verdict: 'unchanged' as const, decidedBy: [] }];

describe('the canary in the Report', () => {
  it('is told where it was found, and changes nothing', () => {
    expect(canaryFindings([found], context)).toEqual([]);
    expect(canaryChecks([found])).toEqual([
      {
        id: 'canary/vitest',
        passed: true,
        message:
          'a.bench.ts › one, slowed down by 10.0 % on purpose, was found: regressed, +10.0 % [+9.0 %, +11.0 %]',
      },
    ]);
  });

  it.each([
    [missed, 'bench/canary-missed', /slowed down by 10\.0 % on purpose, and the comparison saw unchanged/],
    [unmeasured, 'bench/canary-not-measured', /could not be measured: it was killed\. Nothing/],
  ])('is a finding that takes the pass away where it was not', (canary, id, message) => {
    const findings = canaryFindings([canary], context);
    expect(findings).toMatchObject([{ id, severity: 'warning', message: expect.stringMatching(message) }]);
    expect(overallVerdict(subjects, findings)).toBe('inconclusive');
    expect(canaryChecks([canary])[0]?.passed).toBe(false);
  });
});
