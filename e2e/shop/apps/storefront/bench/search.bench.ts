import { describe, test } from 'vitest';
import { buildIndex } from '../src/search/inverted-index.ts';
import { search } from '../src/search/search.ts';
import { tokenise } from '../src/search/tokenise.ts';
import { makeProducts } from './products.ts';

const products = makeProducts(300);
const few = products.slice(0, 20);
const index = buildIndex(products);
const text = few.map((product) => product.description).join('. ');

describe('search', () => {
  test('tokenise', async ({ bench }) => {
    await bench('tokenise', () => tokenise(text)).run();
  });

  test('build index', async ({ bench }) => {
    await bench('build index', () => buildIndex(few)).run();
  });

  test('query', async ({ bench }) => {
    await bench('query', () => search(index, 'vintage oak desks with brass ceram')).run();
  });
});
