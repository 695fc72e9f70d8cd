import type { Product } from '../product.ts';
import { tokenise } from './tokenise.ts';

/** Where a term occurs: the document's number and how much it counts there. */
export interface Posting {
  readonly document: number;
  readonly weight: number;
}

export interface InvertedIndex {
  readonly products: readonly Product[];
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
  /** All terms in alphabetical order, for look-ups by prefix. */
  readonly terms: readonly string[];
  readonly lengths: readonly number[];
  readonly meanLength: number;
}

const FIELD_WEIGHTS = { title: 3, tags: 2, description: 1 } as const;

export function buildIndex(products: readonly Product[]): InvertedIndex {
  const postings = new Map<string, Posting[]>();
  const lengths: number[] = [];
  for (const [document, product] of products.entries()) {
    const weights = new Map<string, number>();
    const length =
      collect(weights, product.title, FIELD_WEIGHTS.title) +
      collect(weights, product.tags.join(' '), FIELD_WEIGHTS.tags) +
      collect(weights, product.description, FIELD_WEIGHTS.description);
    lengths.push(length);
    for (const [term, weight] of weights) {
      const list = postings.get(term);
      if (list) list.push({ document, weight });
      else postings.set(term, [{ document, weight }]);
    }
  }
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    products,
    postings,
    terms: [...postings.keys()].sort(),
    lengths,
    meanLength: products.length === 0 ? 0 : total / products.length,
  };
}

function collect(weights: Map<string, number>, text: string, weight: number): number {
  const tokens = tokenise(text);
  for (const token of tokens) weights.set(token, (weights.get(token) ?? 0) + weight);
  return tokens.length;
}

/** Terms that begin with `prefix`, found by bisection; at most `limit` of them. */
export function termsWithPrefix(index: InvertedIndex, prefix: string, limit: number): string[] {
  let low = 0;
  let high = index.terms.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (index.terms[middle]! < prefix) low = middle + 1;
    else high = middle;
  }
  const found: string[] = [];
  for (let at = low; at < index.terms.length && found.length < limit; at++) {
    const term = index.terms[at]!;
    if (!term.startsWith(prefix)) break;
    found.push(term);
  }
  return found;
}
