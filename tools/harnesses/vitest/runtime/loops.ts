/**
 * The timed loops. Each is turned into a function of its own for every benchmark (`freshLoop`), so that
 * one benchmark's type feedback never reaches another: they must not refer to anything outside.
 *
 * Results go into a ring that outlives the loop: the optimiser can drop neither the call nor its result.
 * Each returns nanoseconds.
 */
export type Loop = (
  fn: () => unknown,
  count: number,
  ring: unknown[],
  clock: () => bigint,
  before: () => unknown,
  after: () => unknown,
) => number | Promise<number>;

const syncLoop: Loop = (fn, count, ring, clock) => {
  const start = clock();
  for (let i = 0; i < count; i++) ring[i & 7] = fn();
  return Number(clock() - start);
};

const asyncLoop: Loop = async (fn, count, ring, clock) => {
  const start = clock();
  for (let i = 0; i < count; i++) ring[i & 7] = await fn();
  return Number(clock() - start);
};

/** With hooks around every call: each call is timed alone, hooks outside the timed section. */
const hookedLoop: Loop = async (fn, count, ring, clock, before, after) => {
  let total = 0;
  for (let i = 0; i < count; i++) {
    await before();
    const start = clock();
    const result = fn();
    ring[i & 7] =
      typeof (result as { then?: unknown } | undefined)?.then === 'function' ? await result : result;
    total += Number(clock() - start);
    await after();
  }
  return total;
};

/** For functions that time themselves and return `{ overriddenDuration }`, in milliseconds (tinybench). */
const overriddenLoop: Loop = async (fn, count, _ring, _clock, before, after) => {
  let total = 0;
  for (let i = 0; i < count; i++) {
    await before();
    total += ((await fn()) as { overriddenDuration: number }).overriddenDuration * 1e6;
    await after();
  }
  return total;
};

export const LOOPS = { sync: syncLoop, async: asyncLoop, hooked: hookedLoop, overridden: overriddenLoop };
export type LoopKind = keyof typeof LOOPS;

/** A copy of a loop with type feedback of its own. */
export function freshLoop(kind: LoopKind): Loop {
  return new Function(`return ${LOOPS[kind].toString()}`)() as Loop;
}

/** Where results go. Mixed contents from the start, so that no store changes the kind of its elements. */
export function newRing(): unknown[] {
  return [undefined, 0.5, {}, 'x', 1, null, true, Symbol.iterator];
}
