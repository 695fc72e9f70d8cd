import { currency } from './currency.ts';
import type { Money } from './money.ts';

/** How a country writes amounts. */
export interface Notation {
  readonly group: string;
  readonly point: string;
  readonly symbol: 'before' | 'after' | 'none';
}

const english: Notation = { group: ',', point: '.', symbol: 'before' };

/** An amount as people read it: `€1,234.50`, or `1.234,50 €` in German notation. */
export function format(amount: Money, notation: Notation = english): string {
  const { exponent, symbol } = currency(amount.currency)!;
  const negative = amount.minor < 0n;
  const digits = (negative ? -amount.minor : amount.minor).toString().padStart(exponent + 1, '0');
  const point = digits.length - exponent;
  const number = grouped(digits.slice(0, point), notation.group) + fraction(digits.slice(point), notation);
  const sign = negative ? '-' : '';
  if (notation.symbol === 'none') return sign + number;
  return notation.symbol === 'before' ? `${sign}${symbol}${number}` : `${sign}${number} ${symbol}`;
}

function grouped(whole: string, separator: string): string {
  if (whole.length <= 3) return whole;
  const head = whole.length % 3;
  const groups = head === 0 ? [] : [whole.slice(0, head)];
  for (let at = head; at < whole.length; at += 3) groups.push(whole.slice(at, at + 3));
  return groups.join(separator);
}

function fraction(digits: string, notation: Notation): string {
  return digits === '' ? '' : notation.point + digits;
}
