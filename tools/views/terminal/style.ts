import { styleText } from 'node:util';
import type { Report, Subject } from '../../kernel/report/schema.ts';

export type Format = Parameters<typeof styleText>[0];
export type Style = (format: Format, text: string) => string;

/** Styles for a terminal that shows them, or none. */
export function styleFor(colour: boolean): Style {
  return colour ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}

export const VERDICT_FORMATS: Readonly<Record<Subject['verdict'] | Report['verdict'], Format>> = {
  failed: ['red', 'bold'],
  regressed: ['red', 'bold'],
  over: ['red', 'bold'],
  inconclusive: 'yellow',
  skipped: 'yellow',
  improved: 'green',
  new: 'cyan',
  unchanged: 'green',
  within: 'green',
  measured: 'dim',
  identical: 'dim',
  passed: ['green', 'bold'],
};
