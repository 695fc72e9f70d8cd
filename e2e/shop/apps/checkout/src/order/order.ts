import type { CurrencyCode, Money } from '@shop/money';

export type TaxClass = 'standard' | 'reduced' | 'exempt';

export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly taxClass: TaxClass;
}

export interface Order {
  readonly customer: string;
  readonly country: string;
  readonly currency: CurrencyCode;
  readonly lines: readonly OrderLine[];
  /** Share taken off the whole order, such as `0.10`. */
  readonly discount: string;
}
