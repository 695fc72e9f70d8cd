import { describe, expect, it } from 'vitest';
import { report } from '../fixtures/report.ts';
import { renderMarkdown } from './report.ts';

describe('renderMarkdown', () => {
  const { text } = renderMarkdown(report);

  it('is the performance delta report', () => {
    expect(text).toContain('## bench: pricing against base 3f2a1c9d0');
    expect(text).toContain(
      '| ✗ | `src/parse.bench.ts › long line` | 11.4 µs | 12.3 µs | **+8.1 %** | [+6.9, +9.4] | ≥ 2.1 % | regressed; mean regressed |',
    );
    expect(text).toContain("- Again: `npx nx run pricing:bench '--filter=^a b$'`");
  });

  it('lets no name become markup', () => {
    const line = text.split('\n').find((entry) => entry.includes('everyone'));
    expect(line).toContain('``src/x.bench.ts › <img src=x> \\| `code` \\x1b[31mred\\x1b[0m @everyone``');
    expect(text).not.toMatch(/^[^`]*<img/m);
  });

  it('follows a template and says which placeholders it does not know', () => {
    const result = renderMarkdown(report, '# {{ title }}\n{{tabel}}\n{{summary}}');
    expect(result.text.split('\n').slice(0, 2)).toEqual([
      '# bench: pricing against base 3f2a1c9d0',
      '{{tabel}}',
    ]);
    expect(result.unknown).toEqual(['tabel']);
  });
});
