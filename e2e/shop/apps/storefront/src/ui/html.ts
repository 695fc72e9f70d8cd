import { format } from '@shop/money';
import type { CartView } from '../cart/view-model.ts';
import type { Hit } from '../search/search.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

/** The result list; every text from the catalogue is escaped. */
export function resultsHtml(hits: readonly Hit[]): string {
  if (hits.length === 0) return '<p class="empty">Nothing found.</p>';
  const items = hits.map(
    ({ product }) =>
      `<li data-id="${escapeHtml(product.id)}"><h3>${escapeHtml(product.title)}</h3>` +
      `<p>${escapeHtml(product.description)}</p>` +
      `<span class="price">${escapeHtml(format(product.price))}</span><button>Add</button></li>`,
  );
  return `<ul class="results">${items.join('')}</ul>`;
}

export function cartHtml(view: CartView): string {
  const rows = view.rows.map(
    (row) =>
      `<tr><td>${escapeHtml(row.quantity)}</td><td>${escapeHtml(row.title)}</td>` +
      `<td>${escapeHtml(row.saved)}</td><td>${escapeHtml(row.price)}</td></tr>`,
  );
  return (
    `<table>${rows.join('')}</table>` +
    `<p>${escapeHtml(view.count)}, <strong>${escapeHtml(view.total)}</strong> ${escapeHtml(view.saved)}</p>`
  );
}
