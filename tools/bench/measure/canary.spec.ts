import { describe, expect, it } from 'vitest';
import type { DriveRequest, DriveResult } from '../../harnesses/harness.ts';
import { compared } from '../report/fixtures/outcomes.ts';
import { canaryOf, slowedDown } from './canary.ts';

const REQUEST: DriveRequest = {
  ...{ file: 'a.bench.ts', mode: 'sample', benchmarks: ['a'], iterations: { a: 50 }, warmup: { a: 1 } },
  ...{ chunks: 2, targetChunkNs: 1e6, maxBenchmarkMs: 100, timeoutMs: 1000 },
};

/** Each operation takes 7 ns. */
async function drive(request: DriveRequest): Promise<DriveResult> {
  const iterations = request.iterations.a ?? 0;
  return {
    outcomes: [
      { state: 'sampled', name: 'a', iterations, warmup: [7], chunks: [7, 7], extra: [] },
      { state: 'failed', name: 'b', reason: 'no' },
    ],
    ...{ duplicates: [], loaded: [] },
    process: { state: 'exited', detail: 'exit code 0', output: '', wallMs: 1 },
  };
}

describe('a canary', () => {
  it.each([
    [50, 0.1, 1.1],
    [33, 0.1, 36 / 33],
    [1, 0.1, 2],
    [1, 3, 4],
  ])('of %i iterations and %f on top is slower by the ratio that it tells', async (iterations, by, ratio) => {
    const truth = { ratio: 0 };
    const result = await slowedDown(drive, by, truth)({ ...REQUEST, iterations: { a: iterations } });
    expect(truth.ratio).toBeCloseTo(ratio, 12);
    const [a, b] = result.outcomes;
    expect(a).toMatchObject({ state: 'sampled', iterations });
    expect(a?.state === 'sampled' && [...a.warmup, ...a.chunks].map((ns) => ns / 7)).toEqual(
      [1, 1, 1].map(() => expect.closeTo(ratio, 12)),
    );
    expect(b).toEqual({ state: 'failed', name: 'b', reason: 'no' });
  });

  it('leaves what is not sampled as it is', async () => {
    const truth = { ratio: 0 };
    await slowedDown(drive, 1, truth)({ ...REQUEST, mode: 'calibrate' });
    expect(truth.ratio).toBe(0);
  });

  it('is a benchmark that was decided, if there is one', () => {
    const open = compared('open', 'inconclusive');
    const closed = compared('closed', 'unchanged');
    expect(canaryOf([])).toBeUndefined();
    expect(canaryOf([open])).toBe(open);
    expect(canaryOf([open, closed])).toBe(closed);
  });
});
