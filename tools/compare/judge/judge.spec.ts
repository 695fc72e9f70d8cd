import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAssayError } from '../../kernel/errors/assay-error.ts';
import { judgePolicy } from '../policy.ts';
import { type SyntheticBatch, syntheticSamples } from '../synthetic/samples.ts';
import type { BenchmarkSamples, Replicate } from '../types.ts';
import { judge, needsConfirmation } from './judge.ts';

const policy = judgePolicy();
const both = (ratio: number, more: Partial<SyntheticBatch> = {}) =>
  syntheticSamples(
    { role: 'main', pairs: 16, ratio, seed: 3, ...more },
    { role: 'confirm', pairs: 12, ratio, seed: 4, ...more },
  );

/** The same samples with every replicate changed. */
function changed(samples: BenchmarkSamples, change: (replicate: Replicate) => Replicate): BenchmarkSamples {
  const batches = samples.batches.map((batch) => ({ ...batch, replicates: batch.replicates.map(change) }));
  return { ...samples, batches };
}

describe('judge', () => {
  it.each([
    [1.1, 'regressed'],
    [0.9, 'improved'],
    [1, 'unchanged'],
  ] as const)('calls a true ratio of %d %s', (ratio, verdict) => {
    const found = judge(both(ratio), policy);
    expect(found.verdict).toBe(verdict);
    expect(found.notes).toStrictEqual([]);
    for (const judged of found.statistics) {
      expect(judged.interval[0]).toBeLessThan(ratio);
      expect(judged.interval[1]).toBeGreaterThan(ratio);
      expect(judged.confidence).toBeGreaterThanOrEqual(0.99);
      expect(judged.pairs).toBe(28);
      expect(judged.detectable).toBeLessThan(0.05);
      expect(judged.confirmed).toBe(verdict !== 'unchanged');
    }
    expect(found.decidedBy).toStrictEqual(verdict === 'unchanged' ? ['floor'] : ['floor', 'mean']);
  });

  it('convicts no suspect without a fresh batch, and none that the fresh batch acquits', () => {
    const alone = syntheticSamples({ role: 'main', pairs: 16, ratio: 1.1 });
    expect(judge(alone, policy).verdict).toBe('inconclusive');
    expect(judge(alone, policy).notes[0]).toContain('suspected and not confirmed');
    expect(needsConfirmation(alone, policy)).toBe(true);
    const acquitted = syntheticSamples(
      { role: 'main', pairs: 16, ratio: 1.1 },
      { role: 'confirm', pairs: 12, ratio: 0.99, seed: 8 },
    );
    expect(judge(acquitted, policy).verdict).toBe('inconclusive');
  });

  it('asks for no confirmation of what is no change or too small to matter', () => {
    expect(needsConfirmation(syntheticSamples({ role: 'main', pairs: 16, ratio: 1 }), policy)).toBe(false);
    const small = syntheticSamples({ role: 'main', pairs: 40, ratio: 1.015 });
    expect(needsConfirmation(small, policy)).toBe(false);
    expect(judge(small, policy)).toMatchObject({ verdict: 'unchanged' });
  });

  it('sees in the mean what the floor cannot', () => {
    const sometimes = changed(both(1), (replicate) =>
      replicate.side === 'base'
        ? replicate
        : { ...replicate, chunks: replicate.chunks.map((chunk, i) => (i === 3 ? 2 * chunk : chunk)) },
    );
    const found = judge(sometimes, policy);
    expect(found).toMatchObject({ verdict: 'regressed', decidedBy: ['mean'] });
    expect(found.statistics.map(({ verdict }) => verdict)).toStrictEqual(['unchanged', 'regressed']);
  });

  it('never says unchanged while the mean is under suspicion or beyond the effect floor', () => {
    const sometimes = (samples: BenchmarkSamples) =>
      changed(samples, (replicate) =>
        replicate.side === 'base'
          ? replicate
          : { ...replicate, chunks: replicate.chunks.map((chunk, i) => (i === 3 ? 2 * chunk : chunk)) },
      );
    const withoutConfirmation = sometimes(syntheticSamples({ role: 'main', pairs: 30, ratio: 1 }));
    const found = judge(withoutConfirmation, policy);
    expect(found.statistics[0]?.verdict).toBe('unchanged');
    expect(found.verdict).toBe('inconclusive');
    expect(found.notes.join(' ')).toContain('The mean');
  });

  it('says what it could have detected, and the time that the margin would take', () => {
    const noisy = judge(syntheticSamples({ role: 'main', pairs: 14, ratio: 1, noise: 0.15 }), policy);
    expect(noisy.verdict).toBe('inconclusive');
    expect(noisy.notes[0]).toMatch(
      /^The floor could not be resolved: no change was shown \(interval -?[\d.]+ % to [\d.]+ %\), and the smallest detectable change was \d+ %; 5\.0 % would take about \d+ pairs, \d+ (s|min)\.$/,
    );
  });

  it.each([1, 3])('gives no verdict on %i pairs, whatever they say', (pairs) => {
    for (const ratio of [1, 3]) {
      const found = judge(
        syntheticSamples({ role: 'main', pairs, ratio }, { role: 'confirm', pairs, ratio, seed: 2 }),
        policy,
      );
      expect(found.verdict).toBe('inconclusive');
    }
  });

  it('looks at the names of sides and at nothing else of the order', () => {
    const swapped = changed(both(1.1), (replicate) => ({
      ...replicate,
      side: replicate.side === 'base' ? 'head' : 'base',
    }));
    const [forth, back] = [judge(both(1.1), policy), judge(swapped, policy)];
    expect(back.verdict).toBe('improved');
    expect(back.statistics[0]?.ratio).toBeCloseTo(1 / (forth.statistics[0]?.ratio ?? 0), 10);
    expect(back.statistics[0]?.p).toBeCloseTo(forth.statistics[0]?.p ?? 0, 12);
  });

  it('does not care for the unit (scale) nor for the numbering of pairs', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 0, max: 15 }), (power, turn) => {
        const samples = both(1.1);
        const other = changed(samples, (replicate) => ({
          ...replicate,
          pair: (replicate.pair + turn) % 16,
          chunks: replicate.chunks.map((chunk) => chunk * 2 ** power),
        }));
        // The confirming batch has 12 pairs, so the numbers wrap within the first 16: still one pair each.
        expect(judge(other, policy).statistics[0]?.p).toBeCloseTo(
          judge(samples, policy).statistics[0]?.p ?? 0,
          12,
        );
        expect(judge(other, policy).verdict).toBe('regressed');
      }),
      { numRuns: 30 },
    );
  });
});

describe('broken samples', () => {
  it.each([
    ['NaN', Number.NaN, 'a sample is not a finite number'],
    ['infinite', Number.POSITIVE_INFINITY, 'a sample is not a finite number'],
    ['zero', 0, 'a sample is zero or negative'],
    ['negative', -5, 'a sample is zero or negative'],
  ])('%s on one side everywhere: inconclusive, with the reason', (_, bad, reason) => {
    const broken = changed(both(1), (replicate) =>
      replicate.side === 'head' ? { ...replicate, chunks: [bad, ...replicate.chunks.slice(1)] } : replicate,
    );
    expect(judge(broken, policy)).toStrictEqual({
      verdict: 'inconclusive',
      decidedBy: [],
      statistics: [],
      notes: [`28 pair(s) of processes left out: head: ${reason}.`, 'No usable pair of processes.'],
    });
  });

  it('in some pairs: they are left out and told; in many, nothing is called unchanged', () => {
    const breakPairs = (count: number) =>
      changed(both(1), (replicate) =>
        replicate.pair < count && replicate.side === 'base' ? { ...replicate, chunks: [] } : replicate,
      );
    expect(judge(breakPairs(1), policy)).toMatchObject({
      verdict: 'unchanged',
      notes: ['2 pair(s) of processes left out: base: a process gave no sample.'],
    });
    expect(judge(breakPairs(3), policy).verdict).toBe('inconclusive');
  });

  it('a side missing or there twice', () => {
    const samples = both(1);
    const oneSide = {
      ...samples,
      batches: samples.batches.map((batch) => ({
        ...batch,
        replicates: batch.replicates.filter(({ side }) => side === 'head'),
      })),
    };
    expect(judge(oneSide, policy)).toMatchObject({ verdict: 'inconclusive', statistics: [] });
    const same = changed(samples, (replicate) => ({ ...replicate, side: 'base' }));
    expect(judge(same, policy)).toMatchObject({ verdict: 'inconclusive', statistics: [] });
  });

  it('no batch at all, or a pilot alone', () => {
    expect(judge(syntheticSamples(), policy).verdict).toBe('inconclusive');
    expect(judge(syntheticSamples({ role: 'pilot', pairs: 30, ratio: 2 }), policy)).toMatchObject({
      verdict: 'inconclusive',
      notes: ['No usable pair of processes.'],
    });
  });

  it('unequal numbers of chunks: both processes of a pair are cut to the shorter', () => {
    const cut = changed(both(1), (replicate) =>
      replicate.side === 'head'
        ? { ...replicate, chunks: replicate.chunks.slice(0, 2) }
        : { ...replicate, chunks: [...replicate.chunks.slice(0, 2), 1, 1, 1] },
    );
    expect(judge(cut, policy).verdict).toBe('unchanged');
  });

  it('a benchmark that costs no more than the loop around it', () => {
    const empty = judge({ ...both(1), overheadNs: 900 }, policy);
    expect(empty).toMatchObject({ verdict: 'inconclusive', statistics: [] });
    expect(empty.notes[0]).toContain('the loop around it takes longer than the benchmark itself');
  });

  it('takes the overhead of the loop off before it compares', () => {
    // 1000 → 1050 ns with 500 ns of loop: the code itself went from 500 to 550.
    const found = judge({ ...both(1.05), overheadNs: 500 }, policy);
    expect(found.statistics[0]?.ratio).toBeCloseTo(1.1, 2);
  });
});

describe('attempts', () => {
  const attempt = (number: number, ratio: number, noise: number, pairs = 14): SyntheticBatch[] => [
    { role: 'main', pairs, ratio, noise, attempt: number, seed: 10 * number },
    { role: 'confirm', pairs, ratio, noise, attempt: number, seed: 10 * number + 1 },
  ];

  it('share the error budget, most of it for the first', () => {
    const alphas = [1, 2, 3].map(
      (last) =>
        judge(
          syntheticSamples(...Array.from({ length: last }, (_, i) => attempt(i + 1, 1, 0.05)).flat()),
          policy,
        ).statistics[0]?.alpha,
    );
    expect(alphas).toStrictEqual([0.000375, 0.00009375, 0.0000234375]);
  });

  it('pool: what one could not resolve, several can', () => {
    expect(judge(syntheticSamples(...attempt(1, 1, 0.06)), policy).verdict).toBe('inconclusive');
    const four = [1, 2, 3, 4].flatMap((number) => attempt(number, 1, 0.06));
    expect(judge(syntheticSamples(...four), policy)).toMatchObject({ verdict: 'unchanged' });
  });

  it('keep a change found once: a lucky repeat does not turn it green', () => {
    const red = attempt(1, 1.1, 0.005);
    const lucky = attempt(2, 1.02, 0.005);
    const found = judge(syntheticSamples(...red, ...lucky), policy);
    expect(found.verdict).toBe('regressed');
    const noisy = judge(syntheticSamples(...red, ...attempt(2, 0.95, 0.3)), policy);
    expect(noisy.verdict).toBe('regressed');
  });

  it('turn it green by pooled evidence', () => {
    const red = attempt(1, 1.06, 0.004, 12);
    const pooled = [2, 3, 4, 5, 6].flatMap((number) => attempt(number, 1, 0.004, 20));
    expect(judge(syntheticSamples(...red), policy).verdict).toBe('regressed');
    expect(judge(syntheticSamples(...red, ...pooled), policy).verdict).toBe('unchanged');
  });
});

describe('the policy', () => {
  it.each([
    ['margin', 0],
    ['margin', Number.NaN],
    ['meanMargin', -1],
    ['alpha', 1],
    ['confidence', 1],
    ['effectFloor', 0.06],
    ['effectFloor', Number.NaN],
  ] as const)('refuses %s = %d', (field, value) => {
    const attempt = () => judge(both(1), { ...policy, [field]: value });
    expect(attempt).toThrow(expect.objectContaining({ code: 'compare/bad-policy' }));
    try {
      attempt();
    } catch (error) {
      expect(isAssayError(error) && error.remedy).toMatch(/^Set /);
    }
  });

  it('follows from the margin', () => {
    expect(judgePolicy({ margin: 0.02, memory: false })).toStrictEqual({
      margin: 0.02,
      meanMargin: 0.06,
      effectFloor: 0.01,
      alpha: 0.001,
      confidence: 0.99,
    });
  });
});
