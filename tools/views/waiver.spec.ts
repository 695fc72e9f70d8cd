import { expect, it } from 'vitest';
import type { Report } from '../kernel/report/schema.ts';
import { report } from './fixtures/report.ts';
import { renderMarkdown } from './markdown/report.ts';
import { renderTerminal } from './terminal/report.ts';
import { waiverWord } from './waiver.ts';

const [regressed] = report.findings;
const bounds = [
  { metric: 'wall-mean', ratio: 1.2 },
  { metric: 'wall-floor', ratio: 1.094 },
];
const waiver = {
  kind: 'accepted',
  reason: 'checks | more',
  owner: 'Ann',
  date: '2026-01-01',
  bounds,
} as const;
const waived: Report = {
  ...report,
  verdict: 'passed',
  findings: [
    { ...regressed!, id: 'bench/accepted', severity: 'info', message: 'told', remedy: 'nothing' },
    { ...regressed!, waiver },
    { ...regressed!, id: 'bench/few-benchmarks', severity: 'warning', subject: undefined } as never,
  ],
};

it('shows in the terminal who answers for it, after what must be looked at', () => {
  const text = renderTerminal(waived, { width: 160, colour: false });
  expect(text).toMatch(
    /^~ {2}src\/parse\.bench\.ts › long line .* regressed; accepted up to \+9\.4 %; mean regressed$/m,
  );
  expect([...text.matchAll(/^ {2}(\S.*) bench\//gm)].map(([, severity]) => severity)).toEqual([
    ...['warning', 'waived error', 'info'],
  ]);
  expect(text).toContain('    waived: accepted up to +20.0 % (Ann, 2026-01-01): checks | more\n');
});

it('shows in Markdown the same, and lets no markup arise', () => {
  const { text } = renderMarkdown(waived);
  expect(text).toMatch(
    /^\| ~ \| `src\/parse\.bench\.ts › long line` .*\| regressed; accepted up to \+9\.4 %; mean regressed \|$/m,
  );
  expect(text).toContain('- Waived: accepted up to +20.0 % (Ann, 2026-01-01): checks \\| more');
});

it('names the end of what is in quarantine', () => {
  expect(waiverWord({ kind: 'quarantined', reason: '', owner: '', expires: '2026-12-31' })).toBe(
    'in quarantine until 2026-12-31',
  );
  const absolute = { metric: 'gzip', value: 2048, unit: 'B' };
  expect(waiverWord({ kind: 'accepted', reason: '', owner: '', bounds: [absolute] })).toBe(
    'accepted up to 2.00 KiB',
  );
});
