import { describe, expect, it, vi } from 'vitest';
import { calibrate, makeReady, sample } from './measure.ts';
import type { BenchmarkOptions } from './tree.ts';

describe('how a function is called', () => {
  it.each<[string, () => unknown, BenchmarkOptions]>([
    ['sync', () => 1, {}],
    ['async', async () => 1, {}],
    ['hooked', () => 1, { beforeEach: () => undefined }],
    ['hooked', async () => 1, { afterEach: () => undefined }],
    ['overridden', () => ({ overriddenDuration: 2 }), {}],
    ['overridden', async () => ({ overriddenDuration: 2 }), { beforeEach: () => undefined }],
  ])('is found by one call: %s', async (kind, fn, options) => {
    const counted = vi.fn(fn);
    expect((await makeReady(counted, options)).kind).toBe(kind);
    expect(counted).toHaveBeenCalledOnce();
  });

  it('keeps hooks around each call, in order, and outside of the time', async () => {
    const said: string[] = [];
    const spend = (ms: number) => {
      const end = performance.now() + ms;
      while (performance.now() < end);
    };
    const beforeEach = () => {
      said.push('before');
      spend(60);
    };
    const ready = await makeReady(() => said.push('call'), {
      beforeEach,
      afterEach: () => said.push('after'),
    });
    const { chunksNs } = await sample(ready, { iterations: 2, warmup: 0, chunks: 1, maxMs: 1000 });
    expect(said).toEqual(Array.from({ length: 3 }, () => ['before', 'call', 'after']).flat());
    expect(chunksNs[0]).toBeLessThan(100e6);
  });

  it('takes the time that a function says it took', async () => {
    const ready = await makeReady(() => ({ overriddenDuration: 0.5 }), {});
    const { chunksNs, warmupNs } = await sample(ready, { iterations: 4, warmup: 1, chunks: 2, maxMs: 1000 });
    expect({ chunksNs, warmupNs }).toEqual({ chunksNs: [2e6, 2e6], warmupNs: [2e6] });
    expect(await calibrate(ready, 1e6, 1000)).toMatchObject({
      iterations: 2,
      nsPerOp: 500_000,
      overheadNs: 0,
    });
  });

  it('awaits a promise before the next call', async () => {
    let open = 0;
    let most = 0;
    const ready = await makeReady(async () => {
      most = Math.max(most, ++open);
      await new Promise((done) => setImmediate(done));
      open--;
    }, {});
    await sample(ready, { iterations: 5, warmup: 1, chunks: 1, maxMs: 1000 });
    expect(most).toBe(1);
  });
});

describe('calibration', () => {
  it('of something slower than a chunk is one call, within its time', async () => {
    const ready = await makeReady(() => new Promise((done) => setTimeout(done, 15)), {});
    expect(await calibrate(ready, 1e6, 40)).toMatchObject({ iterations: 1 });
  });
});

describe('the limit of time', () => {
  const ready = async (ms: number) => {
    let calls = 0;
    const made = await makeReady(() => {
      // The first call of warm-up is the slow one: it eats the limit.
      const end = performance.now() + (calls++ === 1 ? ms : 0);
      while (performance.now() < end);
    }, {});
    return made;
  };

  it('of the measured chunks starts when warm-up has ended', async () => {
    const slow = await ready(400);
    const taken = await sample(slow, { iterations: 1, warmup: 1, chunks: 20, maxMs: 300 });
    expect([taken.warmupNs.length, taken.chunksNs.length]).toEqual([1, 20]);
  });

  it('cuts warm-up to a half where that half took too long, and leaves it whole otherwise', async () => {
    const slow = await ready(400);
    const cut = await sample(slow, { iterations: 1, warmup: 7, chunks: 3, maxMs: 300 });
    expect([cut.warmupNs.length, cut.chunksNs.length]).toEqual([4, 3]);
    const late = await ready(0);
    const whole = await sample(late, { iterations: 1, warmup: 7, chunks: 3, maxMs: 5_000 });
    expect(whole.warmupNs).toHaveLength(7);
  });
});
