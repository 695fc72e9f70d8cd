import { type CartLine, priceCart, put } from '../cart/cart.ts';
import { cartView } from '../cart/view-model.ts';
import type { Product } from '../product.ts';
import { buildIndex } from '../search/inverted-index.ts';
import { search } from '../search/search.ts';
import { cartHtml, resultsHtml } from './html.ts';

const MEMBER_DISCOUNT = '0.05';

/** Puts the shop into an element of the page. */
export function mount(root: HTMLElement, products: readonly Product[]): void {
  const index = buildIndex(products);
  let lines: CartLine[] = [];
  root.innerHTML =
    '<input type="search" aria-label="Search"><section id="results"></section><aside id="cart"></aside>';
  const input = root.querySelector('input')!;
  const results = root.querySelector('#results')!;
  const cart = root.querySelector('#cart')!;
  const draw = () => {
    cart.innerHTML = cartHtml(cartView(priceCart(lines, 'EUR', MEMBER_DISCOUNT)));
  };
  input.addEventListener('input', () => {
    results.innerHTML = resultsHtml(search(index, input.value));
  });
  results.addEventListener('click', (event) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('button') && idOf(event.target);
    const product = products.find((each) => each.id === id);
    if (!product) return;
    const had = lines.find((line) => line.product.id === id)?.quantity ?? 0;
    lines = put(lines, product, had + 1);
    draw();
  });
  draw();
}

function idOf(target: EventTarget | null): string | undefined {
  return (target as HTMLElement).closest<HTMLElement>('li')?.dataset.id;
}
