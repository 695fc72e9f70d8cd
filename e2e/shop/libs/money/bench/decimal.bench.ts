import { test } from 'vitest';
import { add, type Decimal, decimal, divide, multiply, round } from '../src/decimal.ts';
import { seeded } from './random.ts';

const next = seeded(11);
const prices = Array.from({ length: 200 }, () => (next() * 900 + 1).toFixed(2));
const parsed = prices.map(decimal);
const rate = decimal('1.0837');

test('sum of a price column', async ({ bench }) => {
  await bench('sum of a price column', () => {
    let total: Decimal = decimal('0');
    for (const price of prices) total = add(total, decimal(price));
    return total;
  }).run();
});

test('convert with a rate', async ({ bench }) => {
  await bench('convert with a rate', () => {
    let last: Decimal = rate;
    for (const price of parsed) last = divide(round(multiply(price, rate), 2), rate, 4, 'half-up');
    return last;
  }).run();
});
