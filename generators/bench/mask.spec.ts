import { describe, expect, it } from 'vitest';
import { closing, splitOutside } from './brackets.ts';
import { mask } from './mask.ts';

describe('mask', () => {
  it.each([
    ['typescript', "a('x) {') // }", "a('    ')     "],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text under test
    ['typescript', 'a = `x ${f(`}`)} {`; b', 'a = `             `; b'],
    ['typescript', 'x = a / b / c; /[/"]/.test(y)', 'x = a / b / c; /    /.test(y)'],
    ['typescript', "it's {\nfine", "it'   \nfine"],
    ['typescript', '/* { */ x', '        x'],
    ['python', "x = '#' # y", "x = ' '    "],
    ['python', '"""a "b" c""" d', '"""       """ d'],
    ['go', 'x := `"{` // y', 'x := `  `     '],
    ['go', "r := '\"' + 1", "r := ' ' + 1"],
  ] as const)('%s: %j', (syntax, text, expected) => {
    expect(mask(text, syntax)).toBe(expected);
  });

  it('keeps every offset and line break', () => {
    const text = 'const a = "😀\\n"; /* x\n y */ b';
    const masked = mask(text, 'typescript');
    expect(masked).toHaveLength(text.length);
    expect(masked.indexOf('\n')).toBe(text.indexOf('\n'));
  });
});

describe('brackets', () => {
  it.each([
    ['(a[b]{c})d', 0, 8],
    ['<T extends Map<string, () => void>>(x)', 0, 34],
    ['(a => b)', 0, 7],
    ['(a', 0, -1],
  ])('closing of %j at %i is %i', (text, open, end) => {
    expect(closing(text, open)).toBe(end);
  });

  it('splits outside of brackets only', () => {
    const text = 'a: Map<string, number>, b = [1, 2], c: (x: A, y: B) => C';
    expect(splitOutside(text, text, ',').map((piece) => piece.text.trim())).toEqual([
      'a: Map<string, number>',
      'b = [1, 2]',
      'c: (x: A, y: B) => C',
    ]);
  });
});
