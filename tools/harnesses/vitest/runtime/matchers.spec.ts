import { describe, it, expect as real } from 'vitest';
import { expect } from './matchers.ts';

/** As loosely typed as benchmark files see it. */
const small = expect as unknown as typeof real;

describe('the small expect', () => {
  it('passes and fails where the real one does', () => {
    const checks: ((on: typeof real) => void)[] = [
      (on) => on(1).toBe(1),
      (on) => on(1).toBe(2),
      (on) => on({ a: [1], b: undefined }).toEqual({ a: [1] }),
      (on) => on({ a: [1], b: undefined }).toStrictEqual({ a: [1] }),
      (on) => on([1, 2]).not.toEqual([1, 2]),
      (on) => on('abc').toContain('b'),
      (on) => on(new Set([1])).toContain(2),
      (on) => on([{ a: 1 }]).toContainEqual({ a: 1 }),
      (on) => on('abc').toHaveLength(3),
      (on) => on(0.1 + 0.2).toBeCloseTo(0.3),
      (on) => on(1.01).toBeCloseTo(1.02, 2),
      (on) => on('abc').toMatch(/^b/),
      (on) =>
        on(() => {
          throw new TypeError('bad input');
        }).toThrow('bad'),
      (on) =>
        on(() => {
          throw new TypeError('bad input');
        }).toThrow(RangeError),
      (on) => on(() => 1).toThrow(),
      (on) => on(() => 1).not.toThrow(),
      (on) => on(undefined).toBeDefined(),
      (on) => on(new Date(0)).toEqual(new Date(1)),
      (on) => on(new Map([[1, 2]])).toEqual(new Map([[1, 3]])),
    ];
    const ends = (on: typeof real) => checks.map((check) => fails(() => check(on)));
    real(ends(small)).toEqual(ends(real));
  });

  it('says what was expected', async () => {
    real(() => small({ a: 1 }, 'the sum').toBe(2)).toThrow('the sum: expected { a: 1 } toBe 2');
    await real(small(Promise.resolve(1)).rejects.toThrow()).rejects.toThrow(
      'to be rejected, it was fulfilled',
    );
    await real(small(Promise.reject(new Error('no'))).rejects.toThrow('no')).resolves.toBeUndefined();
  });
});

function fails(check: () => void): boolean {
  try {
    check();
    return false;
  } catch {
    return true;
  }
}
