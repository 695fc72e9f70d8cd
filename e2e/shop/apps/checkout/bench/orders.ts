import { seeded } from './random.ts';

const CLASSES = ['standard', 'standard', 'reduced', 'exempt'];

/** An order as it comes in over HTTP, the same on every run. */
export function makeOrder(lines: number, seed: number): Record<string, unknown> {
  const next = seeded(seed);
  return {
    customer: `c-${seed}`,
    country: 'DE',
    currency: 'EUR',
    discount: '0.075',
    lines: Array.from({ length: lines }, (_, index) => ({
      sku: `ABC-${String(index).padStart(4, '0')}-X${index % 10}`,
      quantity: Math.floor(next() * 9) + 1,
      unitPrice: (next() * 400 + 0.5).toFixed(2),
      taxClass: CLASSES[Math.floor(next() * CLASSES.length)],
    })),
  };
}
