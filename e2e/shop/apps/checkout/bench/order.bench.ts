import { describe, test } from 'vitest';
import { parseOrder } from '../src/order/parse-order.ts';
import { orderTotals } from '../src/order/totals.ts';
import { makeOrder } from './orders.ts';

const large = makeOrder(80, 3);
const parsed = parseOrder(large);
if (parsed.state !== 'valid') throw new Error('the made-up order must be valid');
const { order } = parsed;

describe('order', () => {
  test('parse', async ({ bench }) => {
    await bench('parse', () => parseOrder(large)).run();
  });

  test('totals', async ({ bench }) => {
    await bench('totals', () => orderTotals(order)).run();
  });
});
