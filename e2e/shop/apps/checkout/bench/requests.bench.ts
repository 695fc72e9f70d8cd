import { test } from 'vitest';
import { createApp } from '../src/app.ts';
import { canonical } from '../src/idempotency.ts';
import { makeOrder } from './orders.ts';

const body = makeOrder(25, 8);

test('quote', async ({ bench }) => {
  const app = createApp(() => 0);
  await bench('quote', () => app({ method: 'POST', path: '/quote', body })).run();
});

test('place an order once more', async ({ bench }) => {
  const app = createApp(() => 0);
  const request = { method: 'POST', path: '/orders', idempotencyKey: 'k', body };
  app(request);
  await bench('place an order once more', () => app(request)).run();
});

test('canonical JSON', async ({ bench }) => {
  await bench('canonical JSON', () => canonical(body)).run();
});
