import { allocate, type CurrencyCode, decimal, type Money, negate, sum, times } from '@shop/money';
import type { Product } from '../product.ts';

export interface CartLine {
  readonly product: Product;
  readonly quantity: number;
}

export interface PricedLine extends CartLine {
  readonly gross: Money;
  readonly discount: Money;
  readonly net: Money;
}

export interface PricedCart {
  readonly lines: readonly PricedLine[];
  readonly total: Money;
  readonly saved: Money;
}

/** Adds a product, or raises its quantity; a quantity of zero takes the line away. */
export function put(lines: readonly CartLine[], product: Product, quantity: number): CartLine[] {
  const others = lines.filter((line) => line.product.id !== product.id);
  return quantity <= 0 ? others : [...others, { product, quantity }];
}

/** Prices every line and spreads the discount (a share such as `0.10`) over them without losing a cent. */
export function priceCart(lines: readonly CartLine[], currency: CurrencyCode, share: string): PricedCart {
  const gross = lines.map((line) => times(line.product.price, decimal(String(line.quantity))));
  const total = sum(gross, currency);
  const saved = times(total, decimal(share), 'down');
  const discounts =
    saved.minor === 0n
      ? gross.map(() => saved)
      : allocate(
          saved,
          gross.map((amount) => amount.minor),
        );
  const priced = lines.map((line, index) => {
    const discount = discounts[index]!;
    const net = { minor: gross[index]!.minor - discount.minor, currency };
    return { ...line, gross: gross[index]!, discount: negate(discount), net };
  });
  return {
    lines: priced,
    total: sum(
      priced.map((line) => line.net),
      currency,
    ),
    saved,
  };
}
