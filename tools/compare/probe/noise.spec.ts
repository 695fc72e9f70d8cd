import { describe, expect, it } from 'vitest';
import { gaussian, seededRandom } from '../../kernel/statistics/index.ts';
import type { Replicate } from '../types.ts';
import { noiseAt } from './noise.ts';

/** Processes with a level of their own and jitter of each chunk, both as standard deviations of logarithms. */
function pilot(between: number, within: number, pairs = 60): Replicate[] {
  const random = seededRandom(4);
  return Array.from({ length: pairs }, (_, pair) =>
    (['base', 'head'] as const).map((side, i): Replicate => {
      const level = Math.exp(between * gaussian(random));
      const chunks = Array.from({ length: 80 }, () => 100 * level * Math.exp(within * gaussian(random)));
      return { side, pair, sequence: 2 * pair + i, startedAtMs: 0, warmup: [], chunks, extra: [] };
    }),
  ).flat();
}

describe('noiseAt', () => {
  it('tells noise between processes from noise within', () => {
    const layout = noiseAt(pilot(0.05, 0.001), 'mean', 0, 20);
    expect(layout?.between).toBeCloseTo(0.05, 1.7);
    expect(layout?.within).toBeLessThan(0.001);
    expect(layout?.pair).toBeCloseTo(0.05 * Math.SQRT2, 1.7);
    const jitter = noiseAt(pilot(0, 0.1), 'mean', 0, 20);
    expect(jitter?.within).toBeCloseTo(0.1 / Math.sqrt(20), 2);
    expect(jitter?.between).toBeLessThan(0.012);
  });

  it('sees that more chunks help against noise within, and not against noise between', () => {
    const at = (replicates: Replicate[], chunks: number) =>
      noiseAt(replicates, 'mean', 0, chunks)?.pair ?? Number.NaN;
    expect(at(pilot(0, 0.1), 80)).toBeLessThan(0.4 * at(pilot(0, 0.1), 5));
    expect(at(pilot(0.05, 0.01), 80)).toBeGreaterThan(0.9 * at(pilot(0.05, 0.01), 5));
  });

  it('measures one side alone', () => {
    const head = pilot(0.05, 0.001).filter(({ side }) => side === 'head');
    expect(noiseAt(head, 'floor', 0, 20)?.pair).toBeCloseTo(0.05, 1.7);
  });

  it('leaves warm-up out, and broken chunks', () => {
    const replicates = pilot(0.01, 0.001).map((replicate) => ({
      ...replicate,
      chunks: replicate.chunks.map((chunk, i) =>
        i < 20 ? chunk * (1 + replicate.pair) : i === 30 ? Number.NaN : chunk,
      ),
    }));
    expect(noiseAt(replicates, 'mean', 20, 20)?.pair).toBeLessThan(0.02);
    expect(noiseAt(pilot(0.01, 0.01, 1), 'mean', 0, 20)).toBeUndefined();
  });
});
