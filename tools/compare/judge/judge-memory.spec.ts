import { describe, expect, it } from 'vitest';
import { MEMORY_FIGURES, type MemoryFigure } from '../../harnesses/memory-figures.ts';
import { clopperPearson } from '../../kernel/statistics/index.ts';
import { judgePolicy } from '../policy.ts';
import { about, exactly, memorySamples, mostly, type SyntheticFigure } from '../synthetic/memory.ts';
import type { BenchmarkSamples } from '../types.ts';
import { judge, needsConfirmation } from './judge.ts';
import { judgeMemory } from './judge-memory.ts';

const { bytes, allocations, peak } = MEMORY_FIGURES;
const policy = judgePolicy();
const BOTH = { main: 16, confirm: 13 };

type Told = SyntheticFigure['base'];
const figure = (of: { name: string; unit: string }, base: Told, head: Told): SyntheticFigure => ({
  ...of,
  ...{ base, head },
});

function judged(figures: readonly SyntheticFigure[], counts = BOTH, options = {}) {
  const judgement = judge(memorySamples(figures, counts, options), policy);
  const [first] = judgement.memory?.figures ?? [];
  return { ...judgement, first: first! };
}

describe('figures that repeat exactly', () => {
  it('finds more bytes, and the benchmark regressed by them though its time did not', () => {
    const { verdict, decidedBy, memory, first, statistics } = judged([
      figure(bytes, exactly(48), exactly(72)),
    ]);
    expect({ verdict, decidedBy }).toEqual({ verdict: 'regressed', decidedBy: [] });
    expect(statistics[0]?.verdict).toBe('unchanged');
    expect(memory?.decidedBy).toEqual(['allocated bytes per operation']);
    expect(first).toMatchObject({
      ...{ verdict: 'regressed', confirmed: true, pairs: 29, margin: 0.1, least: 16 },
      base: { value: 48, interval: [48, 48] },
      head: { value: 72, interval: [72, 72] },
      difference: { value: 24, interval: [24, 24] },
    });
    expect(first.change?.ratio).toBeCloseTo(1.5, 12);
    expect(first.p).toBeLessThan(first.alpha);
  });

  it('finds fewer, and the benchmark improved', () => {
    const { verdict, memory } = judged([figure(allocations, exactly(12), exactly(3))]);
    expect([verdict, memory?.verdict]).toEqual(['improved', 'improved']);
  });

  it('calls equal ones unchanged at once, from two pairs on', () => {
    const counts = { main: 2, confirm: 0 };
    const { first } = judged([figure(bytes, exactly(4096), exactly(4096))], counts);
    expect(first).toMatchObject({ verdict: 'unchanged', p: 1, change: { ratio: 1, interval: [1, 1] } });
  });

  it('one allocation where there was none is a change without a ratio', () => {
    const { verdict, first } = judged([figure(allocations, exactly(0), exactly(1))]);
    expect(verdict).toBe('regressed');
    expect(first.change).toBeUndefined();
    expect(first.difference).toEqual({ value: 1, interval: [1, 1] });
    expect(JSON.stringify(first)).not.toMatch(/null|NaN/);
  });

  it.each([
    ['8 bytes where there were none', bytes, 0, 8],
    ['15 bytes to 16', bytes, 15, 16],
    ['8 % more bytes', bytes, 1000, 1080],
    ['a third of an allocation', allocations, 0, 0.33],
    ['nothing at all', bytes, 0, 0],
    ['half a mebibyte at the peak', peak, 1e6, 1.5e6],
  ])('%s is no change', (_, of, base, head) => {
    const { verdict, first } = judged([figure(of, exactly(base), exactly(head))]);
    expect([verdict, first.verdict]).toEqual(['unchanged', 'unchanged']);
  });

  it('a first batch alone convicts nobody, and asks for a second', () => {
    const samples = memorySamples([figure(bytes, exactly(48), exactly(72))], { main: 40, confirm: 0 });
    expect(judge(samples, policy).memory?.verdict).toBe('inconclusive');
    expect(needsConfirmation(samples, policy)).toBe(true);
    const same = memorySamples([figure(bytes, exactly(48), exactly(48))], { main: 40, confirm: 0 });
    expect(needsConfirmation(same, policy)).toBe(false);
    const within = memorySamples([figure(bytes, exactly(1000), exactly(1050))], { main: 40, confirm: 0 });
    expect(needsConfirmation(within, policy)).toBe(false);
  });
});

describe('together with time', () => {
  const more = figure(bytes, exactly(48), exactly(72));
  const less = figure(bytes, exactly(72), exactly(48));
  const open = figure(bytes, about(1000, 0.4), about(1100, 0.4));

  it.each([
    ['slower and more', 1.2, more, 'regressed', 3],
    ['slower and less', 1.2, less, 'regressed', 3],
    ['faster and more', 0.8, more, 'regressed', 0],
    ['faster and undecided', 0.8, open, 'improved', 3],
    ['as fast and undecided', 1, open, 'unchanged', 1],
  ])('%s', (_, time, told, verdict, statistics) => {
    const judgement = judged([told], BOTH, { time });
    expect(judgement.verdict).toBe(verdict);
    expect(judgement.decidedBy.length > 0).toBe(statistics > 0);
  });

  it('less memory does not close what time leaves open', () => {
    const samples = memorySamples([less], BOTH);
    const noisy = {
      ...samples,
      batches: samples.batches.map((batch) => ({
        ...batch,
        replicates: batch.replicates.map((one, i) => ({
          ...one,
          chunks: one.chunks.map((ns) => ns * (1 + ((i * 7919) % 13))),
        })),
      })),
    };
    const judgement = judge(noisy, policy);
    expect([judgement.verdict, judgement.memory?.verdict]).toEqual(['inconclusive', 'improved']);
  });

  it('says what was not decided, and that it has no weight', () => {
    const { notes } = judged([open, figure(allocations, exactly(1), exactly(1))]);
    expect(notes.at(-1)).toBe(
      'Not decided, and without weight for the verdict: allocated bytes per operation.',
    );
  });

  it('time has nine tenths of the error budget, and figures of memory share the rest', () => {
    const alone = judged([]);
    const { statistics, memory } = judged([more, figure(allocations, exactly(1), exactly(1))]);
    const [before, after] = [alone.statistics[0]!.alpha, statistics[0]!.alpha];
    expect(after).toBeCloseTo(0.9 * before, 12);
    const ofTime = statistics.reduce((sum, { alpha }) => sum + alpha, 0);
    const ofMemory = memory!.figures.reduce((sum, { alpha }) => sum + alpha, 0);
    expect(ofTime + ofMemory).toBeCloseTo(0.75 * policy.alpha, 12);
    expect(ofMemory).toBeCloseTo(0.075 * policy.alpha, 12);
  });

  it('is left out where policy says so, and figures of other names and units are never judged', () => {
    const without = judge(memorySamples([more], BOTH), judgePolicy({ memory: false }));
    expect([without.verdict, without.memory]).toEqual(['unchanged', undefined]);
    const other = figure({ name: bytes.name, unit: 'kB/op' }, exactly(1), exactly(2));
    expect(judged([other]).memory).toBeUndefined();
  });

  it('pools attempts, and what one found stays found', () => {
    const found = memorySamples([figure(bytes, exactly(48), exactly(72))], BOTH);
    const again = memorySamples([figure(bytes, about(50, 0.3), about(60, 0.3))], BOTH, { attempt: 2 });
    const pooled: BenchmarkSamples = { ...found, batches: [...found.batches, ...again.batches] };
    expect(judge(pooled, policy).verdict).toBe('regressed');
  });
});

describe('what processes tell badly', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])('a figure of %s leaves its pair out', (broken) => {
    let process = 0;
    const told: Told = () => (process++ % 5 === 0 ? broken : 48);
    const { first } = judged([figure(bytes, told, exactly(48))]);
    expect(first.verdict).toBe('unchanged');
    expect(first.pairs).toBeLessThan(29);
    expect(first.pairs).toBeGreaterThan(20);
  });

  it('a side that never tells is no figure', () => {
    expect(judged([figure(bytes, exactly(Number.NaN), exactly(48))]).memory).toBeUndefined();
  });
});

/** Whole judgements of made-up processes with known truth. */
describe('error rates', () => {
  const rate = (runs: number, base: Told, head: Told, of: MemoryFigure = peak) => {
    const verdicts = { regressed: 0, improved: 0, unchanged: 0, inconclusive: 0 };
    for (let seed = 1; seed <= runs; seed++) {
      const samples = memorySamples([figure(of, base, head)], BOTH, { seed });
      verdicts[judgeMemory(samples, policy)!.verdict]++;
    }
    return verdicts;
  };

  it('hardly ever calls noise a change', () => {
    const runs = 400;
    for (const told of [about(60e6, 0.1), about(60e6, 0.5), mostly(60e6, 90e6, 2)]) {
      const found = rate(runs, told, told);
      expect(clopperPearson(found.regressed + found.improved, runs, 0.95)[0]).toBeLessThan(0.0001);
    }
    const counts = rate(runs, mostly(48, 96, 3), mostly(48, 96, 3), bytes);
    expect(counts.regressed + counts.improved).toBe(0);
  });

  it('finds +50 % at the peak in noise, and leaves +10 % alone', () => {
    expect(rate(50, about(60e6, 0.05), about(90e6, 0.05)).regressed).toBe(50);
    expect(rate(50, about(60e6, 0.05), about(66e6, 0.05)).unchanged).toBe(50);
  });

  it('finds an allocation more where one process in six tells otherwise', () => {
    const found = rate(50, mostly(48, 64, 6), mostly(96, 112, 6), bytes);
    expect(found.regressed).toBe(50);
  });
});
