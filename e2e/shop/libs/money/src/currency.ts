export type CurrencyCode = 'EUR' | 'USD' | 'GBP' | 'JPY' | 'CHF' | 'SEK' | 'KWD';

export interface Currency {
  readonly code: CurrencyCode;
  /** Digits after the point: a cent is 2, a yen 0, a fils 3. */
  readonly exponent: number;
  readonly symbol: string;
}

const currencies: Readonly<Record<CurrencyCode, Currency>> = {
  EUR: { code: 'EUR', exponent: 2, symbol: '€' },
  USD: { code: 'USD', exponent: 2, symbol: '$' },
  GBP: { code: 'GBP', exponent: 2, symbol: '£' },
  JPY: { code: 'JPY', exponent: 0, symbol: '¥' },
  CHF: { code: 'CHF', exponent: 2, symbol: 'CHF' },
  SEK: { code: 'SEK', exponent: 2, symbol: 'kr' },
  KWD: { code: 'KWD', exponent: 3, symbol: 'KD' },
};

const bySymbol = new Map(Object.values(currencies).map((each) => [each.symbol, each]));

/** The currency of a code (`EUR`) or a symbol (`€`); nothing where it is not known. */
export function currency(name: string): Currency | undefined {
  return Object.hasOwn(currencies, name) ? currencies[name as CurrencyCode] : bySymbol.get(name);
}
