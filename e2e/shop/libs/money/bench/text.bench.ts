import { test } from 'vitest';
import { format } from '../src/format.ts';
import { money } from '../src/money.ts';
import { parseMoney } from '../src/parse.ts';
import { seeded } from './random.ts';

const next = seeded(37);
const codes = ['EUR', 'USD', 'JPY', 'KWD'] as const;
const amounts = Array.from({ length: 100 }, (_, index) =>
  money(Math.floor(next() * 10_000_000) - 1_000_000, codes[index % codes.length]!),
);
const written = amounts.map((amount) => format(amount));

test('format a price list', async ({ bench }) => {
  await bench('format a price list', () => {
    let length = 0;
    for (const amount of amounts) length += format(amount).length;
    return length;
  }).run();
});

test('parse a price list', async ({ bench }) => {
  await bench('parse a price list', () => {
    let total = 0n;
    for (const text of written) total += parseMoney(text).minor;
    return total;
  }).run();
});
