import { format, type Money } from '@shop/money';
import { IdempotencyStore } from './idempotency.ts';
import { parseOrder } from './order/parse-order.ts';
import { orderTotals, type Totals } from './order/totals.ts';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey?: string | undefined;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const DAY_MS = 86_400_000;

/** The service without its socket: a request in, an answer out. */
export function createApp(now: () => number): (request: Request) => Answer {
  const store = new IdempotencyStore<Answer>(10_000, DAY_MS);
  return (request) => {
    const route = `${request.method} ${request.path}`;
    if (route === 'GET /health') return { status: 200, body: { status: 'up' } };
    if (route === 'POST /quote') return quote(request.body);
    if (route !== 'POST /orders') return { status: 404, body: { error: 'no such route' } };
    const key = request.idempotencyKey;
    if (!key) return { status: 400, body: { error: 'Idempotency-Key is missing' } };
    const known = store.look(key, request.body, now());
    if (known.state === 'replay') return known.answer;
    if (known.state === 'conflict') {
      return { status: 409, body: { error: 'this key was used for another order' } };
    }
    const answer = quote(request.body);
    const placed = answer.status === 200 ? { ...answer, status: 201 } : answer;
    if (placed.status === 201) store.remember(key, request.body, placed, now());
    return placed;
  };
}

function quote(body: unknown): Answer {
  const parsed = parseOrder(body);
  if (parsed.state === 'invalid') return { status: 422, body: { problems: parsed.problems } };
  return { status: 200, body: totalsJson(orderTotals(parsed.order)) };
}

function totalsJson(totals: Totals): Record<string, unknown> {
  const text = (amount: Money) => format(amount, { group: '', point: '.', symbol: 'none' });
  return {
    currency: totals.total.currency,
    lines: totals.lines.map((line) => ({ sku: line.sku, net: text(line.net), tax: text(line.tax) })),
    net: text(totals.net),
    discount: text(totals.discount),
    tax: text(totals.tax),
    total: text(totals.total),
  };
}
