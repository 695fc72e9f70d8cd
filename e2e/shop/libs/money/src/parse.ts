import { type Currency, currency } from './currency.ts';
import type { Money } from './money.ts';

export class MoneySyntaxError extends Error {
  override name = 'MoneySyntaxError';
}

const PARTS = /^([-+]?)\s*([^\d\s.,'+-]*)\s*([-+]?)([\d.,'\u00a0 ]*\d)\s*([^\d\s.,']*)$/u;

/**
 * Reads an amount as people write it: `€1,234.50`, `1.234,50 €`, `USD 12`, `-3.5 GBP`, `CHF 1'000.00`.
 * The last point or comma is the decimal one, unless three digits follow and it cannot be told apart.
 *
 * @throws MoneySyntaxError where the text, the currency or the number of digits makes no sense
 */
export function parseMoney(text: string, fallback?: Currency): Money {
  const match = PARTS.exec(text.trim());
  if (!match) throw new MoneySyntaxError(`'${text}' is not an amount of money.`);
  const name = match[2] || match[5] || '';
  if (match[2] && match[5]) throw new MoneySyntaxError(`'${text}' names two currencies.`);
  const unit = name === '' ? fallback : currency(name);
  if (!unit) throw new MoneySyntaxError(`'${text}' names no known currency.`);
  const negative = match[1] === '-' || match[3] === '-';
  const minor = BigInt(minorDigits(match[4]!, unit, text));
  return { minor: negative ? -minor : minor, currency: unit.code };
}

/** Digits of the amount in its smallest unit, without any separator. */
function minorDigits(number: string, unit: Currency, text: string): string {
  const at = decimalPoint(number, unit);
  const whole = digitsOf(at < 0 ? number : number.slice(0, at));
  const fraction = at < 0 ? '' : number.slice(at + 1);
  if (fraction.length > unit.exponent) {
    throw new MoneySyntaxError(`'${text}' has more digits than ${unit.code} has.`);
  }
  return whole + fraction.padEnd(unit.exponent, '0');
}

function decimalPoint(number: string, unit: Currency): number {
  const comma = number.lastIndexOf(',');
  const point = number.lastIndexOf('.');
  const last = Math.max(comma, point);
  if (last < 0) return -1;
  const mark = number[last]!;
  const other = mark === ',' ? point : comma;
  const repeated = number.indexOf(mark) !== last;
  const following = number.length - last - 1;
  if (repeated) return -1;
  if (other < 0 && following === 3 && unit.exponent !== 3) return -1;
  return last;
}

function digitsOf(text: string): string {
  let digits = '';
  for (const char of text) if (char >= '0' && char <= '9') digits += char;
  return digits;
}
