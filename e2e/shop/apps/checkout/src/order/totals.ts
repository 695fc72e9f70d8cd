import { allocate, decimal, type Money, subtract, sum, times, zero } from '@shop/money';
import type { Order, TaxClass } from './order.ts';
import { taxRate } from './tax.ts';

export interface LineTotal {
  readonly sku: string;
  readonly net: Money;
  readonly tax: Money;
}

export interface Totals {
  readonly lines: readonly LineTotal[];
  readonly net: Money;
  readonly discount: Money;
  readonly tax: Money;
  readonly total: Money;
}

/**
 * What an order costs. The discount is spread over the lines; tax is rounded once a tax class, as
 * authorities want it, and then allocated to the lines.
 */
export function orderTotals(order: Order): Totals {
  const { currency, country } = order;
  const gross = order.lines.map((line) => times(line.unitPrice, decimal(String(line.quantity))));
  const before = sum(gross, currency);
  const discount = times(before, decimal(order.discount), 'half-up');
  const shares = spread(discount, gross);
  const net = gross.map((amount, index) => subtract(amount, shares[index]!));
  const taxes: Money[] = gross.map(() => zero(currency));
  for (const [taxClass, indices] of byTaxClass(order)) {
    const taxable = indices.map((index) => net[index]!);
    const tax = times(sum(taxable, currency), taxRate(country, taxClass), 'half-up');
    for (const [position, share] of spread(tax, taxable).entries()) taxes[indices[position]!] = share;
  }
  const netTotal = sum(net, currency);
  const tax = sum(taxes, currency);
  return {
    lines: order.lines.map((line, index) => ({ sku: line.sku, net: net[index]!, tax: taxes[index]! })),
    net: netTotal,
    discount,
    tax,
    total: sum([netTotal, tax], currency),
  };
}

function byTaxClass(order: Order): Map<TaxClass, number[]> {
  const classes = new Map<TaxClass, number[]>();
  for (const [index, line] of order.lines.entries()) {
    const indices = classes.get(line.taxClass);
    if (indices) indices.push(index);
    else classes.set(line.taxClass, [index]);
  }
  return classes;
}

function spread(amount: Money, over: readonly Money[]): Money[] {
  const weights = over.map((each) => each.minor);
  const nothing = amount.minor === 0n || weights.every((weight) => weight === 0n);
  return nothing ? over.map(() => zero(amount.currency)) : allocate(amount, weights);
}
