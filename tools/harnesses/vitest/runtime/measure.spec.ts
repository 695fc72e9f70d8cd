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
