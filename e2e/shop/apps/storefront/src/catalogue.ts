import { parseMoney } from '@shop/money';
import type { Product } from './product.ts';

/** One product a line: id, title, description, tags, price, rating, with bars between. */
const LINES = `
desk-oak|Oak desk|A standing desk of solid oak with a drawer|office desk furniture wood|€649.00|4.7
lamp-arc|Arc lamp|Tall floor lamp with a linen shade|light living room|€129.90|4.2
chair-mesh|Mesh chair|Office chair with lumbar support and mesh back|office chair furniture|€289.00|4.5
kettle-gooseneck|Gooseneck kettle|Electric kettle for pour-over coffee|kitchen coffee|€79.95|4.8
mug-café|Café mug|Stoneware mug, 300 ml|kitchen coffee cups|€14.50|4.1
`;

export function parseCatalogue(lines: string): Product[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [id, title, description, tags, price, rating] = line.split('|');
      return {
        id: id!,
        title: title!,
        description: description!,
        tags: tags!.split(' '),
        price: parseMoney(price!),
        rating: Number(rating),
      };
    });
}

export const catalogue: readonly Product[] = parseCatalogue(LINES);
