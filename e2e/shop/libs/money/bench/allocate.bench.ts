import { test } from 'vitest';
import { allocate } from '../src/allocate.ts';
import { money } from '../src/money.ts';
import { seeded } from './random.ts';

const next = seeded(23);
const weights = Array.from({ length: 120 }, () => BigInt(Math.floor(next() * 50_000) + 1));
const discount = money(123_457, 'EUR');

test('allocate a discount', async ({ bench }) => {
  await bench('allocate a discount', () => allocate(discount, weights)).run();
});
