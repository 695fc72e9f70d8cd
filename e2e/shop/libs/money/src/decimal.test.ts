import { describe, expect, it } from 'vitest';
import { add, compare, decimal, divide, multiply, round, write } from './decimal.ts';

describe('decimal', () => {
  it.each([
    ['12.50', '12.50'],
    ['-0.07', '-0.07'],
    ['+3', '3'],
    ['000.1', '0.1'],
  ])('reads and writes %s', (text, written) => {
    expect(write(decimal(text))).toBe(written);
  });

  it.each(['', '.5', '1.', '1e3', '1,5', 'NaN'])('refuses %j', (text) => {
    expect(() => decimal(text)).toThrow(RangeError);
  });

  it('adds what binary floats cannot', () => {
    expect(write(add(decimal('0.1'), decimal('0.2')))).toBe('0.3');
    expect(write(add(decimal('1'), decimal('0.005')))).toBe('1.005');
  });

  it('multiplies exactly and compares across scales', () => {
    expect(write(multiply(decimal('19.99'), decimal('0.075')))).toBe('1.49925');
    expect(compare(decimal('1.50'), decimal('1.5'))).toBe(0);
    expect(compare(decimal('-1'), decimal('0.001'))).toBe(-1);
  });

  it.each([
    ['2.5', 'half-even', '2'],
    ['3.5', 'half-even', '4'],
    ['2.5', 'half-up', '3'],
    ['-2.5', 'half-up', '-3'],
    ['2.1', 'up', '3'],
    ['-2.9', 'down', '-2'],
  ] as const)('rounds %s %s to %s', (text, rounding, expected) => {
    expect(write(round(decimal(text), 0, rounding))).toBe(expected);
  });

  it('divides to a given scale', () => {
    expect(write(divide(decimal('10'), decimal('3'), 4))).toBe('3.3333');
    expect(write(divide(decimal('1.000'), decimal('8'), 2))).toBe('0.12');
    expect(() => divide(decimal('1'), decimal('0'), 2)).toThrow('Division by zero.');
  });
});
