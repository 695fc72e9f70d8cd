import { format, isZero, type Notation } from '@shop/money';
import type { PricedCart } from './cart.ts';

export interface CartRow {
  readonly title: string;
  readonly quantity: string;
  readonly price: string;
  readonly saved: string;
}

export interface CartView {
  readonly rows: readonly CartRow[];
  readonly total: string;
  readonly saved: string;
  readonly count: string;
}

const TITLE_WIDTH = 40;

/** What the cart shows: texts only, so that drawing it needs no logic. */
export function cartView(cart: PricedCart, notation?: Notation): CartView {
  const rows = cart.lines.map((line) => ({
    title: shorten(line.product.title, TITLE_WIDTH),
    quantity: `${line.quantity} ×`,
    price: format(line.net, notation),
    saved: isZero(line.discount) ? '' : format(line.discount, notation),
  }));
  const pieces = cart.lines.reduce((sum, line) => sum + line.quantity, 0);
  return {
    rows,
    total: format(cart.total, notation),
    saved: isZero(cart.saved) ? '' : `You save ${format(cart.saved, notation)}`,
    count: pieces === 1 ? '1 item' : `${pieces} items`,
  };
}

/** Cuts at a word's end where there is one. */
export function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  const cut = text.lastIndexOf(' ', width - 1);
  return `${text.slice(0, cut > width / 2 ? cut : width - 1)}…`;
}
