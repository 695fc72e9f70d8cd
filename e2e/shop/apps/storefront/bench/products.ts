import { money } from '@shop/money';
import type { Product } from '../src/product.ts';
import { seeded } from './random.ts';

const WORDS = (
  'oak desk lamp chair kettle mug shelf drawer linen cotton steel glass ceramic vintage modern folding ' +
  'compact wireless garden kitchen office bedroom outdoor travel leather walnut brass marble wool silk ' +
  'storage basket mirror frame candle blanket pillow curtain carpet clock vase tray bowl plate pan'
).split(' ');

/** A made-up catalogue, the same on every run. */
export function makeProducts(count: number, seed = 5): Product[] {
  const next = seeded(seed);
  const words = (size: number) =>
    Array.from({ length: size }, () => WORDS[Math.floor(next() * WORDS.length)]!).join(' ');
  return Array.from({ length: count }, (_, index) => ({
    id: `p${index}`,
    title: words(3),
    description: words(14),
    tags: words(3).split(' '),
    price: money(Math.floor(next() * 100_000) + 99, 'EUR'),
    rating: Math.round(next() * 50) / 10,
  }));
}
