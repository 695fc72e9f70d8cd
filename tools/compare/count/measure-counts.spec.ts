import { expect, it } from 'vitest';
import type { CountRequest, CountResult } from '../../harnesses/harness.ts';
import { type CountBenchmark, measureCounts } from './measure-counts.ts';

const COUNTER = { name: 'valgrind', version: '3.19.0', before: [] } as const;

/** A machine on which each process takes so long, and counts come from a function. */
function machine(count: (request: CountRequest, nth: number) => Partial<CountResult>, seconds = 1) {
  let now = 0;
  const calls: string[] = [];
  const side = (name: string) => async (request: CountRequest) => {
    calls.push(`${name} ${request.operations}`);
    now += seconds * 1000;
    const counted = { state: 'counted', instructions: 0, operations: request.operations, wallMs: 1 } as const;
    const time = { timedNs: 1e6 * request.operations, untimedNs: 5000 };
    return { ...counted, ...time, ...count(request, calls.length) } as CountResult;
  };
  const ask = (more: Partial<CountBenchmark> = {}) =>
    measureCounts({
      count: { base: side('base'), head: side('head') },
      ...{ file: 'f', benchmark: 'x', language: 'python', counter: COUNTER, nsPerOp: 1e6 },
      ...{ budgetMs: 30_000, parallel: 1, clock: () => now },
      ...more,
    });
  return { ask, calls };
}

const straight = ({ warmup, operations }: CountRequest) => ({
  instructions: 3e8 + 1e5 * (warmup + operations),
});

it('counts both sides at two points each, in alternating order', async () => {
  const { ask, calls } = machine(straight);
  const samples = await ask();
  expect(calls.slice(0, 8)).toEqual([
    ...['base 3', 'head 3', 'base 33', 'head 33'],
    ...['head 3', 'base 3', 'head 33', 'base 33'],
  ]);
  expect(samples).toMatchObject({ state: 'counted', tool: 'valgrind 3.19.0', language: 'python', warmup: 5 });
  expect(samples.state === 'counted' && samples.slopes).toHaveLength(6);
});

it('makes two rounds, and a third only within the time', async () => {
  const { ask, calls } = machine(straight, 4);
  await ask();
  expect(calls).toHaveLength(8);
});

it('stops where the signal says so', async () => {
  const stop = new AbortController();
  const { ask, calls } = machine((request, nth) => {
    if (nth === 4) stop.abort();
    return straight(request);
  });
  expect(await ask({ signal: stop.signal })).toMatchObject({ state: 'counted', slopes: [{}, {}] });
  expect(calls).toHaveLength(4);
});

it('says which side failed, and why', async () => {
  const failing = (request: CountRequest, nth: number): Partial<CountResult> =>
    nth === 3 ? { state: 'failed', reason: 'it threw', output: '' } : straight(request);
  expect(await machine(failing).ask()).toEqual({
    ...{ state: 'not-counted', kind: 'failed', reason: 'it threw on the base' },
  });
});

it('does not count what the benchmark itself does not time', async () => {
  const hooked = (request: CountRequest) => ({ ...straight(request), untimedNs: 5e5 * request.operations });
  expect(await machine(hooked).ask()).toEqual({
    ...{ state: 'not-counted', kind: 'unsuitable' },
    reason: 'its own timer leaves 33 % of each operation out (set-up, hooks), which a count cannot',
  });
  const disturbed = (request: CountRequest, nth: number) => ({
    ...straight(request),
    untimedNs: nth === 3 ? 1e9 : 5000,
  });
  expect(await machine(disturbed).ask()).toMatchObject({ state: 'counted' });
});

it('begins nothing that cannot be counted', async () => {
  const { ask, calls } = machine(straight);
  expect(await ask({ nsPerOp: Number.NaN })).toMatchObject({ state: 'not-counted', kind: 'unsuitable' });
  expect(calls).toEqual([]);
});
