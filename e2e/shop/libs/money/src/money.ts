import type { CurrencyCode } from './currency.ts';
import { type Decimal, quotient, type Rounding } from './decimal.ts';

/** An amount in the smallest unit of its currency: 12.50 EUR is `{ minor: 1250n, currency: 'EUR' }`. */
export interface Money {
  readonly minor: bigint;
  readonly currency: CurrencyCode;
}

export function money(minor: bigint | number, currency: CurrencyCode): Money {
  return { minor: BigInt(minor), currency };
}

export function zero(currency: CurrencyCode): Money {
  return { minor: 0n, currency };
}

export function isZero(amount: Money): boolean {
  return amount.minor === 0n;
}

export function negate(amount: Money): Money {
  return { minor: -amount.minor, currency: amount.currency };
}

/** @throws RangeError where the currencies differ */
export function add(a: Money, b: Money): Money {
  return { minor: a.minor + b.minor, currency: same(a, b) };
}

/** @throws RangeError where the currencies differ */
export function subtract(a: Money, b: Money): Money {
  return { minor: a.minor - b.minor, currency: same(a, b) };
}

/** @throws RangeError where the currencies differ */
export function compare(a: Money, b: Money): number {
  same(a, b);
  return a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0;
}

/** The sum of all amounts; zero of `currency` where there are none. */
export function sum(amounts: Iterable<Money>, currency: CurrencyCode): Money {
  let total = zero(currency);
  for (const amount of amounts) total = add(total, amount);
  return total;
}

/** An amount times an exact factor, rounded to the smallest unit of the currency. */
export function times(amount: Money, factor: Decimal, rounding: Rounding = 'half-even'): Money {
  const product = amount.minor * factor.units;
  return {
    minor: quotient(product, 10n ** BigInt(factor.scale), rounding),
    currency: amount.currency,
  };
}

function same(a: Money, b: Money): CurrencyCode {
  if (a.currency !== b.currency) throw new RangeError(`${a.currency} and ${b.currency} do not mix.`);
  return a.currency;
}
