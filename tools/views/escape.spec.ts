import { expect, it } from 'vitest';
import { escapeLine, escapeMarkdown, markdownCode, shellLine } from './escape.ts';

it('shows control and direction-changing characters instead of obeying them', () => {
  expect(escapeLine('a\u001b[31mred\n\u202e')).toBe('a\\x1b[31mred\\n\\u202e');
});

it('lets no markup arise from a name', () => {
  expect(escapeMarkdown('<img src=x> **b** |c| @team')).toBe(
    '&lt;img src=x&gt; \\*\\*b\\*\\* \\|c\\| @\u200bteam',
  );
});

it('writes code spans that their text cannot end', () => {
  expect(markdownCode('a`b')).toBe('``a`b``');
  expect(markdownCode('`x` | y')).toBe('`` `x` \\| y ``');
});

it('quotes arguments for a shell', () => {
  expect(shellLine(['npx', 'nx', 'run', "o'x:bench", '--filter=a b'])).toBe(
    "npx nx run 'o'\\''x:bench' '--filter=a b'",
  );
});
