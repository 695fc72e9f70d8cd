import { test } from 'vitest';
import { priceCart } from '../src/cart/cart.ts';
import { cartView } from '../src/cart/view-model.ts';
import { buildIndex } from '../src/search/inverted-index.ts';
import { search } from '../src/search/search.ts';
import { resultsHtml } from '../src/ui/html.ts';
import { makeProducts } from './products.ts';

const products = makeProducts(60, 17);
const lines = products.slice(0, 40).map((product, index) => ({ product, quantity: (index % 4) + 1 }));
const hits = search(buildIndex(products), 'oak glass', 50);

test('cart view', async ({ bench }) => {
  await bench('cart view', () => cartView(priceCart(lines, 'EUR', '0.125'))).run();
});

test('result list', async ({ bench }) => {
  await bench('result list', () => resultsHtml(hits)).run();
});
