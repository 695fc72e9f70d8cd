import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { canonical, IdempotencyStore } from './idempotency.ts';
import { parseOrder } from './order/parse-order.ts';
import { orderTotals } from './order/totals.ts';
import { serve } from './server.ts';

const order = {
  customer: 'c-1',
  country: 'DE',
  currency: 'EUR',
  discount: '0.10',
  lines: [
    { sku: 'ABC-0001-X1', quantity: 3, unitPrice: '9.99' },
    { sku: 'ABC-0002-X1', quantity: 1, unitPrice: '4.05', taxClass: 'reduced' },
  ],
};

describe('parseOrder', () => {
  it('tells every problem and where it is', () => {
    const parsed = parseOrder({
      ...order,
      country: 'Germany',
      lines: [{ ...order.lines[0], quantity: 0 }, { ...order.lines[0], unitPrice: '€-1' }, 7],
    });
    expect(parsed).toEqual({
      state: 'invalid',
      problems: [
        { path: 'country', message: 'must be a two-letter code' },
        { path: 'lines[0].quantity', message: 'must be a whole number above zero' },
        { path: 'lines[1].unitPrice', message: 'must not be negative' },
        { path: 'lines[1].sku', message: 'ABC-0001-X1 is listed twice' },
        { path: 'lines[2]', message: 'must be an object' },
      ],
    });
  });
});

describe('orderTotals', () => {
  it('rounds tax once a class and keeps the sums', () => {
    const parsed = parseOrder(order);
    if (parsed.state !== 'valid') throw new Error('the order is valid');
    const totals = orderTotals(parsed.order);
    expect(totals.discount.minor).toBe(340n);
    expect(totals.net.minor).toBe(3062n);
    expect(totals.tax.minor).toBe(538n);
    expect(totals.total.minor).toBe(3600n);
    expect(totals.lines.map((line) => [line.net.minor, line.tax.minor])).toEqual([
      [2697n, 512n],
      [365n, 26n],
    ]);
  });
});

describe('idempotency', () => {
  it('ignores the order of keys', () => {
    expect(canonical({ b: [1, { d: 2, c: null }], a: 'x' })).toBe('{"a":"x","b":[1,{"c":null,"d":2}]}');
  });

  it('forgets what is old or too much', () => {
    const store = new IdempotencyStore<number>(2, 100);
    store.remember('a', 1, 10, 0);
    store.remember('b', 1, 20, 10);
    store.remember('c', 1, 30, 20);
    expect(store.size).toBe(2);
    expect(store.look('a', 1, 30)).toEqual({ state: 'new' });
    expect(store.look('b', 1, 30)).toEqual({ state: 'replay', answer: 20 });
    expect(store.look('b', 2, 30)).toEqual({ state: 'conflict' });
    expect(store.look('b', 1, 110)).toEqual({ state: 'new' });
  });
});

describe('the service', () => {
  it('answers over HTTP, once a key', async () => {
    const server = serve(createApp(() => 0));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const post = (body: string, key?: string) =>
        fetch(`${url}/orders`, {
          method: 'POST',
          body,
          headers: key === undefined ? {} : { 'idempotency-key': key },
        });
      const first = await post(JSON.stringify(order), 'k1');
      expect(first.status).toBe(201);
      expect(await first.json()).toMatchObject({ net: '30.62', tax: '5.38', total: '36.00' });
      expect((await post(JSON.stringify(order), 'k1')).status).toBe(201);
      expect((await post(JSON.stringify({ ...order, discount: '0' }), 'k1')).status).toBe(409);
      expect((await post(JSON.stringify(order))).status).toBe(400);
      expect((await post('{', 'k2')).status).toBe(400);
      expect((await post('{}', 'k2')).status).toBe(422);
      expect((await fetch(`${url}/nothing`)).status).toBe(404);
    } finally {
      server.close();
    }
  });
});
