import type { Money } from '@shop/money';

export interface Product {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly price: Money;
  /** 0 to 5; breaks ties between equally relevant products. */
  readonly rating: number;
}
