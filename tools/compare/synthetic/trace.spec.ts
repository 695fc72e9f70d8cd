import { describe, expect, it } from 'vitest';
import { Machine } from './machine.ts';
import { decodeTrace, encodeTrace } from './trace.ts';

describe('a recording of noise', () => {
  it('keeps factors within a hundredth', () => {
    const factors = [1, 1.01, 1.35, 2, 7.7, 16];
    const back = decodeTrace(encodeTrace(factors));
    for (const [i, factor] of factors.entries()) expect(Math.log((back[i] ?? 0) / factor)).toBeCloseTo(0, 2);
    expect(decodeTrace(encodeTrace([0.5, 99]))).toEqual([1, expect.closeTo(16, 9)]);
  });

  it('slows a machine down by what was recorded, from a random place on and over and over', () => {
    const traits = { jitter: 0, layout: 0, phases: [], trace: { stepMs: 1, factors: [1, 3] } };
    // Half of the time at full speed and half at a third of it is two thirds of the work in the time.
    for (const seed of [1, 2, 3]) {
      const machine = new Machine(traits, seed);
      expect(machine.work(2000) / 2000).toBeCloseTo(1.5, 2);
      expect(machine.clock()).toBeCloseTo(3000, -1);
    }
    const starts = [1, 2, 3, 4, 5].map((seed) => new Machine(traits, seed).work(0.2));
    expect(new Set(starts.map((ms) => ms.toFixed(3))).size).toBeGreaterThan(1);
  });
});
