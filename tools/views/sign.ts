import type { Report, Subject } from '../kernel/report/schema.ts';

/** The sign of a verdict that a waiver keeps from counting. */
export const WAIVED_SIGN = '~';

/** The sign of a verdict. It is always shown: colour alone never carries one. */
export const SIGNS: Readonly<Record<Subject['verdict'] | Report['verdict'], string>> = {
  failed: '✗',
  regressed: '✗',
  over: '✗',
  inconclusive: '?',
  skipped: '-',
  improved: '▲',
  new: '+',
  unchanged: '✓',
  within: '✓',
  measured: '·',
  identical: '=',
  passed: '✓',
};
