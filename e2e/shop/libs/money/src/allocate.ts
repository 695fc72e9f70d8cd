import type { Money } from './money.ts';

/**
 * Divides an amount by weights without losing or making a cent: every share is rounded down, and what
 * remains goes, a unit each, to the shares that lost most by rounding (the largest-remainder method).
 *
 * @throws RangeError for no weights, a negative weight, or weights that are all zero
 */
export function allocate(amount: Money, weights: readonly bigint[]): Money[] {
  let total = 0n;
  for (const weight of weights) {
    if (weight < 0n) throw new RangeError('A weight is negative.');
    total += weight;
  }
  if (total === 0n) throw new RangeError('The weights are all zero.');
  const negative = amount.minor < 0n;
  const size = negative ? -amount.minor : amount.minor;
  const shares: bigint[] = [];
  const lost: { index: number; remainder: bigint }[] = [];
  let given = 0n;
  for (const [index, weight] of weights.entries()) {
    const exact = size * weight;
    const share = exact / total;
    shares.push(share);
    given += share;
    lost.push({ index, remainder: exact % total });
  }
  lost.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of lost.slice(0, Number(size - given))) shares[index]! += 1n;
  return shares.map((share) => ({ minor: negative ? -share : share, currency: amount.currency }));
}

/** Divides an amount into `parts` shares that differ by at most one unit. */
export function split(amount: Money, parts: number): Money[] {
  return allocate(amount, new Array<bigint>(parts).fill(1n));
}
