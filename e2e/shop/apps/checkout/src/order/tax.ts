import { type Decimal, decimal } from '@shop/money';
import type { TaxClass } from './order.ts';

type Rates = Readonly<Record<TaxClass, Decimal>>;

const zero = decimal('0');
const rates = (standard: string, reduced: string): Rates => ({
  standard: decimal(standard),
  reduced: decimal(reduced),
  exempt: zero,
});

const BY_COUNTRY: ReadonlyMap<string, Rates> = new Map([
  ['AT', rates('0.20', '0.10')],
  ['CH', rates('0.081', '0.026')],
  ['DE', rates('0.19', '0.07')],
  ['FR', rates('0.20', '0.055')],
  ['GB', rates('0.20', '0.05')],
  ['SE', rates('0.25', '0.12')],
]);

/** The rate of a tax class in a country; nothing is taxed where we are not registered. */
export function taxRate(country: string, taxClass: TaxClass): Decimal {
  return BY_COUNTRY.get(country)?.[taxClass] ?? zero;
}
