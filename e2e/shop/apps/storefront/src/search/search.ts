import type { Product } from '../product.ts';
import { type InvertedIndex, termsWithPrefix } from './inverted-index.ts';
import { tokenise } from './tokenise.ts';

export interface Hit {
  readonly product: Product;
  readonly score: number;
}

/** BM25's usual constants: how soon repeated terms stop counting, and how much long texts are held back. */
const SATURATION = 1.2;
const LENGTH_PENALTY = 0.75;
const PREFIX_LIMIT = 8;

/**
 * Products that match the query, best first (Okapi BM25 with field weights). The last word counts as
 * a prefix too, since the reader may still be typing it.
 */
export function search(index: InvertedIndex, query: string, limit = 20): Hit[] {
  const tokens = tokenise(query);
  const scores = new Map<number, number>();
  for (const [position, token] of tokens.entries()) {
    const last = position === tokens.length - 1;
    const terms = last ? new Set([token, ...termsWithPrefix(index, token, PREFIX_LIMIT)]) : [token];
    for (const term of terms) addScores(scores, index, term, term === token ? 1 : 0.6);
  }
  const hits: Hit[] = [];
  for (const [document, score] of scores) hits.push({ product: index.products[document]!, score });
  hits.sort(byRelevance);
  return hits.slice(0, limit);
}

function addScores(scores: Map<number, number>, index: InvertedIndex, term: string, share: number): void {
  const postings = index.postings.get(term);
  if (!postings) return;
  const documents = index.products.length;
  const rarity = Math.log(1 + (documents - postings.length + 0.5) / (postings.length + 0.5));
  for (const { document, weight } of postings) {
    const relative = index.lengths[document]! / index.meanLength;
    const saturated =
      (weight * (SATURATION + 1)) / (weight + SATURATION * (1 - LENGTH_PENALTY + LENGTH_PENALTY * relative));
    scores.set(document, (scores.get(document) ?? 0) + share * rarity * saturated);
  }
}

function byRelevance(a: Hit, b: Hit): number {
  if (a.score !== b.score) return b.score - a.score;
  if (a.product.rating !== b.product.rating) return b.product.rating - a.product.rating;
  return a.product.id < b.product.id ? -1 : 1;
}
