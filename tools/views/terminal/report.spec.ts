import { describe, expect, it } from 'vitest';
import { report } from '../fixtures/report.ts';
import { renderTerminal } from './report.ts';
import { displayWidth, layoutTable } from './table.ts';

describe('renderTerminal', () => {
  it('says what, how sure, why, how to see it again and how to mend it', () => {
    expect(
      renderTerminal(report, { width: 160, colour: false, reportPath: '.assay/bench/pricing/report.md' }),
    ).toMatchInlineSnapshot(`
      "bench pricing · against base 3f2a1c9d0 · linux-x64 · 2 cores · 41 s · taken 2026-01-02 03:04 UTC

         benchmark                                                            before      now  change   99 % interval  would find  verdict
      ✗  src/parse.bench.ts › long line                                      11.4 µs  12.3 µs  +8.1 %    [+6.9, +9.4]     ≥ 2.1 %  regressed; mean regressed
      ?  src/x.bench.ts › <img src=x> | \`code\` \\x1b[31mred\\x1b[0m @everyone  11.4 µs  1.00 ms  +2.0 %  [−10.0, +20.0]     ≥ 2.1 %  inconclusive
      +  src/new.bench.ts › fresh                                                  –   512 ns       –               –           –  new
      ✓  src/parse.bench.ts › empty line                                     11.4 µs    42 ns  +0.1 %    [−2.0, +2.0]     ≥ 2.1 %  unchanged

      ✗ failed  1 of 4 benchmarks regressed: long line +8.1 % [6.9, 9.4]

        error bench/regressed (services/pricing/src/parse.bench.ts:7)
          long line takes 8.1 % more time than on 3f2a1c9d0.
          again: npx nx run pricing:bench '--filter=^a b$'
          mend:  Look at what changed.

      Report: .assay/bench/pricing/report.md
      "
    `);
  });

  it.each([40, 60, 80, 100, 120])('fits %i columns and keeps change and verdict', (width) => {
    const lines = renderTerminal(report, { width, colour: false }).split('\n');
    const row = lines.find((line) => line.startsWith('✗ ') && line.includes('+8.1 %'));
    expect(row).toContain('regressed');
  });

  it('writes no escape sequence without colour, and only its own with it', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point
    expect(renderTerminal(report, { width: 120, colour: false })).not.toMatch(/\u001b/);
    const coloured = renderTerminal(report, { width: 120, colour: true });
    expect(coloured).toContain('\u001b[');
    expect(coloured).not.toContain('\u001b[31mred\u001b[0m @everyone');
  });
});

describe('layoutTable', () => {
  const columns = [
    { title: 'name', align: 'left', dispensable: 0, shrinks: true },
    { title: 'extra', align: 'right', dispensable: 1 },
    { title: 'n', align: 'right', dispensable: 0 },
  ] as const;

  it('gives up dispensable columns, then cuts the one that shrinks', () => {
    const rows = [['a rather long name', 'extra', '12']];
    expect(layoutTable(columns, rows, 40, (text) => text)).toEqual([
      'name                extra   n',
      'a rather long name  extra  12',
    ]);
    expect(layoutTable(columns, rows, 22, (text) => text)[1]).toBe('a rather long name  12');
    expect(layoutTable(columns, rows, 18, (text) => text)[1]).toBe('a rather long…  12');
  });

  it('counts cells, not characters', () => {
    expect(displayWidth('日本')).toBe(4);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(displayWidth('\u001b[31mred\u001b[39m')).toBe(3);
  });
});
