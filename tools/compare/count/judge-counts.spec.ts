import { expect, it } from 'vitest';
import { gaussian, seededRandom } from '../../kernel/statistics/index.ts';
import { judgeCounts } from './judge-counts.ts';
import { COUNT_TRAITS, type CountLanguage } from './traits.ts';
import type { CountJudgement, CountSamples, CountSlope } from './types.ts';

const STRICT = { margin: 0.002, effectFloor: 0.001 };
const START_UP = 300_000_000;

/** Slopes of so many instructions an operation, start-up and warm-up before them. */
function slopes(side: CountSlope['side'], each: readonly number[]): CountSlope[] {
  return each.map((perOp, round) => ({
    side,
    round,
    operations: [100, 1100],
    instructions: [START_UP + 100 * perOp, START_UP + 1100 * perOp],
  }));
}

function counted(
  base: readonly number[],
  head: readonly number[],
  language: CountLanguage = 'python',
): CountSamples {
  return {
    ...{ state: 'counted', tool: 'valgrind 3.19.0', language, warmup: 50 },
    slopes: [...slopes('base', base), ...slopes('head', head)],
  };
}

function judged(samples: CountSamples, policy = STRICT): Extract<CountJudgement, { state: 'judged' }> {
  const judgement = judgeCounts(samples, policy);
  if (judgement.state !== 'judged') throw new Error(judgement.reason);
  return judgement;
}

it('takes start-up and warm-up off and shows instructions per operation', () => {
  const { base, head, ratio, slopes: number } = judged(counted([1000, 1000], [1002, 1004, 1003]));
  expect(base.value).toBeCloseTo(1000, 9);
  expect(head.value).toBeCloseTo(1003, 9);
  expect(head.interval).toEqual([1002, 1004]);
  expect(ratio).toBeCloseTo(1.003, 9);
  expect(number).toBe(2);
});

it('tells +0.2 % from nothing where counts repeat', () => {
  expect(judged(counted([1e5, 1e5, 1e5], [100_200, 100_200, 100_200])).verdict).toBe('regressed');
  expect(judged(counted([100_200, 100_200], [1e5, 1e5])).verdict).toBe('improved');
  expect(judged(counted([1e5, 1e5], [1e5, 1e5])).verdict).toBe('unchanged');
});

it('calls no change what lies within the spread of the slopes', () => {
  const noisy = [1e5, 100_300, 100_150];
  expect(
    judged(
      counted(
        noisy,
        noisy.map((slope) => slope + 150),
      ),
    ).verdict,
  ).toBe('inconclusive');
});

it('widens the interval by the allowance of the language', () => {
  for (const language of ['typescript', 'python', 'go'] as const) {
    const { interval, verdict } = judged(counted([1e6, 1e6], [1e6, 1e6], language));
    expect(interval[1] - 1).toBeCloseTo(COUNT_TRAITS[language].allowance, 9);
    expect(verdict).toBe('unchanged');
  }
});

it('keeps small changes within a wide margin, as time does', () => {
  const three = counted([1e5, 1e5], [103_000, 103_000]);
  expect(judged(three, { margin: 0.05, effectFloor: 0.025 }).verdict).toBe('regressed');
  const one = counted([1e5, 1e5], [101_000, 101_000]);
  expect(judged(one, { margin: 0.05, effectFloor: 0.025 }).verdict).toBe('unchanged');
  const strict = { margin: 0.05, effectFloor: 0.025, countMargin: 0.005 };
  expect(judged(one, strict).verdict).toBe('regressed');
});

it('raises no alarm in 20,000 comparisons as noisy as Go, and finds +0.2 % in each', () => {
  const random = seededRandom(7);
  // 0.01 % within a side, as seen; the allowance covers what both sides differ by.
  const noise = (level: number) => Array.from({ length: 5 }, () => level * (1 + 1e-4 * gaussian(random)));
  let [alarms, found] = [0, 0];
  for (let run = 0; run < 20_000; run++) {
    const base = noise(1e5);
    const same = judged(counted(base, noise(1e5), 'go')).verdict;
    if (same === 'regressed' || same === 'improved') alarms++;
    if (judged(counted(base, noise(100_200), 'go')).verdict === 'regressed') found++;
  }
  expect(alarms).toBe(0);
  expect(found).toBeGreaterThan(19_900);
});

it('does not depend on the order of slopes, nor on the scale of instructions', () => {
  const straight = judged(counted([1000, 1001, 1002], [1004, 1003, 1005]));
  const mixed = judged(counted([1002, 1000, 1001], [1005, 1004, 1003]));
  expect(mixed).toEqual(straight);
  const larger = judged(counted([1e6, 1.001e6, 1.002e6], [1.004e6, 1.003e6, 1.005e6]));
  expect(larger.ratio).toBeCloseTo(straight.ratio, 12);
  expect(larger.interval[0]).toBeCloseTo(straight.interval[0], 12);
});

it('judges nothing by a single slope, nor by a process that hands its work on', () => {
  expect(judgeCounts(counted([1e5], [1e5]), STRICT)).toMatchObject({ state: 'not-counted', kind: 'failed' });
  const reason = 'its instructions do not grow with its operations';
  expect(judgeCounts(counted([0, 0], [0, 0]), STRICT)).toMatchObject({ state: 'not-counted', reason });
  expect(judgeCounts(counted([-3, 5], [5, 5]), STRICT)).toMatchObject({ state: 'not-counted', reason });
});
