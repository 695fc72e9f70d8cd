import { describe, expect, it } from 'vitest';
import { caseTitle, tableCases } from './title.ts';

describe('titles of cases', () => {
  it.each([
    ['adds %i and %i', [1, 2], 0, 'adds 1 and 2'],
    ['%s of %j', ['sum', { a: 1 }], 0, 'sum of {"a":1}'],
    ['case %# is number %$', ['x'], 2, 'case 2 is number 3'],
    ['100 %% of %s', ['it'], 0, '100 % of it'],
    ['no places', [1, 2], 0, 'no places'],
    ['$name: $size.rows rows, $gone', [{ name: 'big', size: { rows: 9 } }], 0, 'big: 9 rows, $gone'],
    ['$a', ['not an object'], 0, '$a'],
  ])('%s', (template, args, index, expected) => {
    expect(caseTitle(template, args, index)).toBe(expected);
  });

  it('come from the rows of a template table', () => {
    expect(tableCases(['\n a | b \n', ' | ', '\n', ' | ', '\n'], [1, 'x', 2, 'y'])).toEqual([
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ]);
  });
});
