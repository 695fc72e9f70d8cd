import { describe, expect, it } from 'vitest';
import { allocate, split } from './allocate.ts';
import { currency } from './currency.ts';
import { decimal } from './decimal.ts';
import { format } from './format.ts';
import { add, money, sum, times } from './money.ts';
import { parseMoney } from './parse.ts';

describe('money', () => {
  it('adds, and refuses to mix currencies', () => {
    expect(add(money(150, 'EUR'), money(275, 'EUR')).minor).toBe(425n);
    expect(() => add(money(1, 'EUR'), money(1, 'USD'))).toThrow('EUR and USD do not mix.');
    expect(sum([money(1, 'USD'), money(2, 'USD')], 'USD')).toEqual(money(3, 'USD'));
  });

  it('rounds a product to the even cent', () => {
    expect(times(money(250, 'EUR'), decimal('0.01')).minor).toBe(2n);
    expect(times(money(350, 'EUR'), decimal('0.01')).minor).toBe(4n);
    expect(times(money(1999, 'EUR'), decimal('0.19')).minor).toBe(380n);
  });
});

describe('allocate', () => {
  it('loses no cent', () => {
    expect(split(money(100, 'EUR'), 3).map((share) => share.minor)).toEqual([34n, 33n, 33n]);
    expect(split(money(-5, 'EUR'), 2).map((share) => share.minor)).toEqual([-3n, -2n]);
  });

  it('gives the remainder to those who lost most', () => {
    const shares = allocate(money(10, 'EUR'), [1n, 2n, 4n]).map((share) => share.minor);
    expect(shares).toEqual([1n, 3n, 6n]);
  });

  it('refuses weights that say nothing', () => {
    expect(() => allocate(money(1, 'EUR'), [])).toThrow('The weights are all zero.');
    expect(() => allocate(money(1, 'EUR'), [2n, -1n])).toThrow('A weight is negative.');
  });
});

describe('format', () => {
  it.each([
    [money(123450, 'EUR'), '€1,234.50'],
    [money(-7, 'USD'), '-$0.07'],
    [money(1234567, 'JPY'), '¥1,234,567'],
    [money(1, 'KWD'), 'KD0.001'],
  ])('writes %o as %s', (amount, text) => {
    expect(format(amount)).toBe(text);
  });

  it('writes German notation', () => {
    expect(format(money(123450, 'EUR'), { group: '.', point: ',', symbol: 'after' })).toBe('1.234,50 €');
  });
});

describe('parseMoney', () => {
  it.each([
    ['€1,234.50', 123450n, 'EUR'],
    ['1.234,50 €', 123450n, 'EUR'],
    ['USD 12', 1200n, 'USD'],
    ['-3.5 GBP', -350n, 'GBP'],
    ["CHF 1'000.00", 100000n, 'CHF'],
    ['1,234 JPY', 1234n, 'JPY'],
    ['1.234.567 €', 123456700n, 'EUR'],
    ['KWD 1.234', 1234n, 'KWD'],
  ] as const)('reads %s', (text, minor, code) => {
    expect(parseMoney(text)).toEqual({ minor, currency: code });
  });

  it('falls back on the currency of the page', () => {
    expect(parseMoney('19,99', currency('EUR'))).toEqual(money(1999, 'EUR'));
  });

  it.each(['', 'EUR', '12', '€1.234,567', '€5 USD', '1.2.3,4 XXX'])('refuses %j', (text) => {
    expect(() => parseMoney(text)).toThrow(/is not an amount|names|more digits/);
  });
});
