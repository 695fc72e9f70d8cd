import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue.ts';
import { buildIndex, termsWithPrefix } from './inverted-index.ts';
import { search } from './search.ts';
import { stem, tokenise } from './tokenise.ts';

const index = buildIndex(catalogue);
const ids = (query: string) => search(index, query).map((hit) => hit.product.id);

describe('tokenise', () => {
  it('drops accents, stop words and plurals', () => {
    expect(tokenise('The Cafés of Zürich, and boxes')).toEqual(['cafe', 'zurich', 'box']);
  });

  it.each([
    ['glasses', 'glass'],
    ['berries', 'berry'],
    ['bus', 'bus'],
    ['status', 'status'],
    ['glass', 'glass'],
    ['desks', 'desk'],
  ])('stems %s to %s', (word, expected) => {
    expect(stem(word)).toBe(expected);
  });
});

describe('search', () => {
  it('ranks a title above a description', () => {
    expect(ids('desks')[0]).toBe('desk-oak');
    expect(ids('coffee kettle')[0]).toBe('kettle-gooseneck');
  });

  it('takes the last word as a prefix', () => {
    expect(ids('goos')).toEqual(['kettle-gooseneck']);
    expect(termsWithPrefix(index, 'ket', 5)).toEqual(['kettle']);
  });

  it('finds nothing where nothing matches', () => {
    expect(ids('zeppelin')).toEqual([]);
    expect(ids('')).toEqual([]);
  });

  it('finds accents either way', () => {
    expect(ids('cafe')).toEqual(ids('café'));
    expect(ids('café')).toContain('mug-café');
  });
});
