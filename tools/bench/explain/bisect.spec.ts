import { describe, expect, it } from 'vitest';
import { gaussian, seededRandom } from '../../kernel/statistics/index.ts';
import { bisect, type Change, mostSteps, type StepOutcome } from './bisect.ts';

interface Truth {
  /** Logarithmic change of each step. */
  readonly steps: readonly number[];
  readonly broken?: readonly number[];
  readonly noise?: number;
  readonly identical?: boolean;
}

/** Comparisons of a made-up history whose truth is known. */
function history({ steps, broken = [], noise = 0.002, identical = false }: Truth, seed = 1) {
  const random = seededRandom(seed);
  let asked = 0;
  const between = (from: number, to: number) => steps.slice(from, to).reduce((sum, step) => sum + step, 0);
  const measured = (from: number, to: number): Change => {
    const size = between(from, to) + noise * gaussian(random);
    return { size, low: size - 2.6 * noise, high: size + 2.6 * noise };
  };
  const compare = async (from: number, to: number, matters: number): Promise<StepOutcome> => {
    asked += 1;
    for (const which of [from, to])
      if (broken.includes(which)) return { state: 'broken', which, reason: 'no' };
    if (identical && steps.slice(from, to).every((step) => step === 0)) return { state: 'identical' };
    const change = measured(from, to);
    return { state: 'judged', slower: change.size > matters / 2 && change.size > 4 * noise, change };
  };
  const last = steps.length;
  const stop = () => (asked >= mostSteps(last) ? 'steps' : undefined);
  return { last, total: measured(0, last), compare, stop, asked: () => asked };
}

function steps(count: number, changes: Readonly<Record<number, number>>): readonly number[] {
  return Array.from({ length: count }, (_, i) => changes[i + 1] ?? 0);
}

describe('bisect', () => {
  it.each([1, 2, 3, 7, 12, 29])('names the one step among %i, wherever it is', async (count) => {
    for (let guilty = 1; guilty <= count; guilty++) {
      const request = history({ steps: steps(count, { [guilty]: 0.1 }) }, guilty);
      const { culprits, remainders } = await bisect(request);
      expect(culprits.map(({ step }) => step)).toEqual([guilty]);
      expect(culprits[0]?.change.size).toBeCloseTo(0.1, 1);
      expect(remainders).toEqual([]);
      expect(request.asked()).toBeLessThanOrEqual(mostSteps(count));
    }
  });

  it('names several steps that each have a part, the largest first', async () => {
    const { culprits } = await bisect(history({ steps: steps(16, { 3: 0.1, 4: 0.2, 13: 0.15 }) }));
    expect(culprits.map(({ step }) => step)).toEqual([4, 13, 3]);
  });

  it('goes around states that do not build, and says where it cannot', async () => {
    const around = await bisect(history({ steps: steps(8, { 6: 0.1 }), broken: [4, 3] }));
    expect(around.culprits.map(({ step }) => step)).toEqual([6]);
    const inside = await bisect(history({ steps: steps(8, { 5: 0.1 }), broken: [4, 5] }));
    expect(inside.culprits).toEqual([]);
    expect(inside.remainders).toMatchObject([{ from: 3, to: 6, why: 'does not build', detail: 'no' }]);
  });

  it('stops where the time is over, with the range it has come to', async () => {
    const request = history({ steps: steps(32, { 20: 0.1 }) });
    const { culprits, remainders } = await bisect({
      ...request,
      stop: () => (request.asked() >= 2 ? 'time' : undefined),
    });
    expect(culprits).toEqual([]);
    expect(remainders).toMatchObject([{ from: 16, to: 24, why: 'stopped', detail: 'time' }]);
  });

  it('says that a change is spread where no part is large enough', async () => {
    const { culprits, remainders } = await bisect(history({ steps: Array(20).fill(0.004), noise: 0.0005 }));
    expect(culprits).toEqual([]);
    expect(remainders.length).toBeGreaterThan(1);
    for (const { why } of remainders) expect(why).toBe('too small');
  });

  it('says that it cannot tell where the noise hides it, and names nobody', async () => {
    const noisy = history({ steps: steps(8, { 2: 0.05 }), noise: 0.04 });
    const { culprits, remainders } = await bisect({ ...noisy, total: { size: 0.05, low: 0.02, high: 0.08 } });
    expect(culprits).toEqual([]);
    expect(remainders.length).toBeGreaterThan(0);
  });

  it('sees through what got faster in between', async () => {
    const { culprits } = await bisect(history({ steps: steps(10, { 2: -0.1, 7: 0.2 }) }));
    expect(culprits.map(({ step }) => step)).toEqual([7]);
  });

  it('takes equal builds for what they are', async () => {
    const request = history({ steps: steps(30, { 30: 0.02 }), identical: true });
    expect((await bisect(request)).culprits.map(({ step }) => step)).toEqual([30]);
    expect(request.asked()).toBeLessThanOrEqual(6);
  });

  it('never names a step that changed nothing, over many histories', async () => {
    for (let seed = 1; seed <= 300; seed++) {
      const guilty = 1 + (seed % 12);
      const request = history({ steps: steps(12, { [guilty]: 0.06 }), noise: 0.008 }, seed);
      const { culprits } = await bisect(request);
      for (const { step } of culprits) expect(step).toBe(guilty);
    }
  });
});
