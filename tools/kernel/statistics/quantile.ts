/** Ascending copy; the input stays as it is (order of samples is evidence). */
export function ascending(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

/**
 * Quantile of already ascending values by linear interpolation (Hyndman & Fan 1996, type 7; NumPy's default).
 *
 * @param q between 0 and 1
 * @throws RangeError when there are no values or `q` is out of range
 */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) throw new RangeError('A quantile needs at least one value.');
  if (!(q >= 0 && q <= 1)) throw new RangeError(`A quantile lies between 0 and 1, not at ${q}.`);
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (position - below) * (high - low);
}

/** Quantile of values in any order; see {@link quantileOfSorted}. */
export function quantile(values: readonly number[], q: number): number {
  return quantileOfSorted(ascending(values), q);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
