import { styleText } from 'node:util';
import type { Subject } from '../../kernel/report/schema.ts';

export type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

/** Styles for a terminal that shows them, or none. */
export function styleFor(colour: boolean): Style {
  return colour ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}

interface Mark {
  readonly sign: string;
  readonly format: Parameters<typeof styleText>[0];
}

/** The sign says it too: colour alone never carries a verdict. */
export const MARKS: Readonly<Record<Subject['verdict'] | 'passed', Mark>> = {
  failed: { sign: '✗', format: ['red', 'bold'] },
  regressed: { sign: '✗', format: ['red', 'bold'] },
  over: { sign: '✗', format: ['red', 'bold'] },
  inconclusive: { sign: '?', format: 'yellow' },
  skipped: { sign: '-', format: 'yellow' },
  improved: { sign: '▲', format: 'green' },
  new: { sign: '+', format: 'cyan' },
  unchanged: { sign: '✓', format: 'green' },
  within: { sign: '✓', format: 'green' },
  measured: { sign: '·', format: 'dim' },
  identical: { sign: '=', format: 'dim' },
  passed: { sign: '✓', format: ['green', 'bold'] },
};
