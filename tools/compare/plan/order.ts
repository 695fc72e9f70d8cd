import { type Random, shuffled } from '../../kernel/statistics/index.ts';

/** Which process of a pair runs first. */
export type PairOrder = readonly ['base', 'head'] | readonly ['head', 'base'];

/**
 * Orders of the pairs: in each block of four, two begin with the base and two with head, shuffled. A drift or an
 * advantage of the second process cancels within a block, and no rhythm of the machine can follow the order.
 */
export function pairOrders(pairs: number, random: Random): PairOrder[] {
  const orders: PairOrder[] = [];
  while (orders.length < pairs) {
    const block: PairOrder[] = [
      ['base', 'head'],
      ['base', 'head'],
      ['head', 'base'],
      ['head', 'base'],
    ];
    orders.push(...shuffled(block, random));
  }
  return orders.slice(0, pairs);
}
