import { money } from '@shop/money';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue.ts';
import { cartHtml, escapeHtml } from '../ui/html.ts';
import { type CartLine, priceCart, put } from './cart.ts';
import { cartView, shorten } from './view-model.ts';

const [desk, lamp] = catalogue;

describe('cart', () => {
  it('puts, raises and removes lines', () => {
    let lines: CartLine[] = put([], desk!, 1);
    lines = put(lines, lamp!, 2);
    lines = put(lines, desk!, 3);
    expect(lines.map((line) => [line.product.id, line.quantity])).toEqual([
      ['lamp-arc', 2],
      ['desk-oak', 3],
    ]);
    expect(put(lines, desk!, 0).map((line) => line.product.id)).toEqual(['lamp-arc']);
  });

  it('spreads the discount to the cent', () => {
    const cart = priceCart([...put([], desk!, 1), ...put([], lamp!, 1)], 'EUR', '0.05');
    expect(cart.saved).toEqual(money(3894, 'EUR'));
    expect(cart.total).toEqual(money(64900 + 12990 - 3894, 'EUR'));
    expect(cart.lines.map((line) => line.discount.minor)).toEqual([-3245n, -649n]);
  });

  it('prices an empty cart', () => {
    expect(priceCart([], 'EUR', '0.05').total).toEqual(money(0, 'EUR'));
  });
});

describe('cart view', () => {
  it('writes texts', () => {
    const view = cartView(priceCart(put([], lamp!, 2), 'EUR', '0.05'));
    expect(view.rows).toEqual([{ title: 'Arc lamp', quantity: '2 ×', price: '€246.81', saved: '-€12.99' }]);
    expect(view.count).toBe('2 items');
    expect(cartHtml(view)).toContain('You save €12.99');
  });

  it('shortens at a word', () => {
    expect(shorten('one two three four', 12)).toBe('one two…');
    expect(shorten('short', 12)).toBe('short');
  });

  it('escapes', () => {
    expect(escapeHtml('<a href="x">&\'')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;');
  });
});
