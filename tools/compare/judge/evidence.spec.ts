import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/statistics/index.ts';
import { SUSPECT_ALPHA } from '../policy.ts';
import { syntheticSamples } from '../synthetic/samples.ts';
import type { BenchmarkSamples } from '../types.ts';
import { evidence, productP } from './evidence.ts';
import { pairUp } from './pairs.ts';

describe('the two-stage p-value', () => {
  it('is uniform below the first bound where nothing changed, and continuous at it', () => {
    const random = seededRandom(7);
    const draws = 400_000;
    const bounds = [0.0004, 0.001, 0.005, 0.015];
    const hits = bounds.map(() => 0);
    for (let i = 0; i < draws; i++) {
      const [first, second] = [random(), random()];
      const p = first > SUSPECT_ALPHA ? first : productP(first, second);
      for (const [at, bound] of bounds.entries()) if (p <= bound) hits[at] = (hits[at] ?? 0) + 1;
    }
    for (const [at, bound] of bounds.entries()) {
      const error = Math.sqrt((bound * (1 - bound)) / draws);
      expect(Math.abs((hits[at] ?? 0) / draws - bound)).toBeLessThan(4 * error);
    }
    expect(productP(SUSPECT_ALPHA, 1)).toBeCloseTo(SUSPECT_ALPHA, 12);
  });

  it('never falls to nothing and never loses its order', () => {
    expect(productP(1e-300, 1e-300)).toBeGreaterThan(0);
    expect(productP(1e-4, 0.1)).toBeLessThan(productP(1e-4, 0.2));
  });
});

describe('evidence', () => {
  const of = (samples: BenchmarkSamples) => evidence(pairUp(samples).pairs, 'floor');

  it('leaves a suspect unconfirmed without a fresh batch, or with one that points the other way', () => {
    const main = { role: 'main', pairs: 20, ratio: 1.1 } as const;
    expect(of(syntheticSamples(main))).toMatchObject({ suspect: true, confirmed: false, direction: 1 });
    const contrary = of(syntheticSamples(main, { role: 'confirm', pairs: 20, ratio: 0.9, seed: 2 }));
    expect(contrary).toMatchObject({ suspect: true, confirmed: false });
    expect(of(syntheticSamples(main, { role: 'confirm', pairs: 20, ratio: 1.1, seed: 2 }))).toMatchObject({
      confirmed: true,
    });
  });
});
