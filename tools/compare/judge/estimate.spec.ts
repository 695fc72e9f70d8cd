import { describe, expect, it } from 'vitest';
import { syntheticSamples } from '../synthetic/samples.ts';
import { estimateSide } from './estimate.ts';

describe('estimateSide', () => {
  it('gives value and interval of one side, the pilot left out', () => {
    const samples = syntheticSamples(
      { role: 'pilot', pairs: 20, ratio: 9 },
      { role: 'main', pairs: 20, ratio: 1.5 },
    );
    const [floor, mean] = estimateSide(samples, 'head', 0.99);
    expect(floor?.value).toBeCloseTo(1500, -1.3);
    expect(floor?.interval[0]).toBeLessThan(1500);
    expect(floor?.interval[1]).toBeGreaterThan(1500);
    expect(floor).toMatchObject({ statistic: 'floor', processes: 20 });
    // Chunks rise by a thousandth each: the mean of five lies two thousandths above the floor.
    expect((mean?.value ?? 0) / (floor?.value ?? 1)).toBeCloseTo(1.002, 6);
  });

  it('states the confidence that few processes have', () => {
    const few = estimateSide(syntheticSamples({ role: 'main', pairs: 4, ratio: 1 }), 'base', 0.99);
    expect(few[0]?.confidence).toBe(0.875);
  });

  it('has nothing to say without samples', () => {
    expect(estimateSide(syntheticSamples(), 'head', 0.99)).toStrictEqual([]);
  });
});
