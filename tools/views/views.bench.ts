import { test } from 'vitest';
import type { Report } from '../kernel/report/schema.ts';
import { comparison, report as example, metric } from './fixtures/report.ts';
import { renderMarkdown } from './markdown/report.ts';
import { deltaRows } from './rows.ts';
import { renderTerminal } from './terminal/report.ts';

const SUBJECTS = 500;
const names = Array.from(
  { length: SUBJECTS },
  (_, index) => `src/part-${index % 20}.bench.ts › case ${index}`,
);

/** A Report of a large project: 500 benchmarks, two metrics each. */
const large: Report = {
  ...example,
  subjects: names.map((id, index) => ({
    id,
    title: id,
    verdict: index % 50 === 0 ? 'regressed' : 'unchanged',
    decidedBy: [`${id}#wall-floor`],
  })),
  metrics: names.flatMap((id, index) => {
    const verdict = index % 50 === 0 ? 'regressed' : 'unchanged';
    return ['floor', 'mean'].map((statistic) =>
      metric(id, statistic, 1000 + index, [comparison(verdict, 1 + index / 5000, 0.99, 1.2)]),
    );
  }),
};

test('rows of 500 benchmarks', async ({ bench }) => {
  await bench('rows of 500 benchmarks', () => deltaRows(large)).run();
});

test('terminal, 500 benchmarks', async ({ bench }) => {
  await bench('terminal, 500 benchmarks', () => renderTerminal(large, { width: 120, colour: true })).run();
});

test('markdown, 500 benchmarks', async ({ bench }) => {
  await bench('markdown, 500 benchmarks', () => renderMarkdown(large)).run();
});
