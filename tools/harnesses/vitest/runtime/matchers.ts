import { inspect, isDeepStrictEqual } from 'node:util';

type Matcher = (actual: unknown, ...args: never[]) => boolean;

/**
 * The matchers that benchmark files use to check a result before measuring it. A file that uses any other
 * runs through Vitest itself. The speed matchers of Vitest 5 pass: whether something is faster is judged by
 * comparison, not by one run.
 */
export const MATCHERS: Readonly<Record<string, Matcher>> = {
  toBe: (a, b) => Object.is(a, b),
  toEqual: (a, b) => isDeepStrictEqual(plain(a), plain(b)),
  toStrictEqual: (a, b) => isDeepStrictEqual(a, b),
  toBeTruthy: (a) => Boolean(a),
  toBeFalsy: (a) => !a,
  toBeDefined: (a) => a !== undefined,
  toBeUndefined: (a) => a === undefined,
  toBeNull: (a) => a === null,
  toBeNaN: (a) => Number.isNaN(a),
  toBeGreaterThan: (a, b: number) => (a as number) > b,
  toBeGreaterThanOrEqual: (a, b: number) => (a as number) >= b,
  toBeLessThan: (a, b: number) => (a as number) < b,
  toBeLessThanOrEqual: (a, b: number) => (a as number) <= b,
  toBeCloseTo: (a, b: number, digits: number) => Math.abs((a as number) - b) < 10 ** -(digits ?? 2) / 2,
  toBeInstanceOf: (a, b: new () => unknown) => a instanceof b,
  toBeTypeOf: (a, b: string) => typeof a === b,
  toContain: (a, b) => (typeof a === 'string' ? a.includes(b) : [...(a as Iterable<unknown>)].includes(b)),
  toContainEqual: (a, b) => [...(a as Iterable<unknown>)].some((one) => isDeepStrictEqual(one, b)),
  toHaveLength: (a, b: number) => (a as { length: number }).length === b,
  toMatch: (a, b: string | RegExp) => (typeof b === 'string' ? String(a).includes(b) : b.test(String(a))),
  toSatisfy: (a, b: (value: unknown) => unknown) => Boolean(b(a)),
  toThrow: throws,
  toThrowError: throws,
  toBeFasterThan: () => true,
  toBeSlowerThan: () => true,
};

type Assertion = Record<string, (...args: unknown[]) => unknown> & { not: Assertion };

/** A small `expect`: real checks, no snapshots, no asymmetric matchers. */
export function expect(
  actual: unknown,
  message?: string,
): Assertion & { resolves: Assertion; rejects: Assertion } {
  const direct = assertion((check) => check(actual), message);
  const settle = (wanted: 'fulfilled' | 'rejected') =>
    assertion(async (check) => {
      const promise = typeof actual === 'function' ? (actual as () => unknown)() : actual;
      const [end] = await Promise.allSettled([promise]);
      if (end?.status !== wanted)
        throw new Error(`expected the promise to be ${wanted}, it was ${end?.status}`);
      return check(end.status === 'fulfilled' ? end.value : end.reason);
    }, message);
  return Object.assign(direct, { resolves: settle('fulfilled'), rejects: settle('rejected') }) as never;
}

function assertion(apply: (check: (value: unknown) => void) => unknown, message?: string): Assertion {
  const side = (wanted: boolean) =>
    Object.fromEntries(
      Object.entries(MATCHERS).map(([name, matcher]) => [
        name,
        (...args: unknown[]) =>
          apply((value) => {
            if (matcher(value, ...(args as never[])) === wanted) return;
            const what = `expected ${show(value)} ${wanted ? '' : 'not '}${name} ${args.map(show).join(', ')}`;
            throw new Error(message ? `${message}: ${what}` : what);
          }),
      ]),
    );
  return Object.assign(side(true), { not: side(false) }) as unknown as Assertion;
}

function throws(actual: unknown, expected?: string | RegExp | (new () => unknown)): boolean {
  let error: unknown;
  try {
    if (typeof actual === 'function') actual();
    else error = actual; // from `rejects`
  } catch (thrown) {
    error = thrown;
  }
  if (error === undefined) return false;
  if (expected === undefined) return true;
  const text = error instanceof Error ? error.message : String(error);
  if (typeof expected === 'string') return text.includes(expected);
  return expected instanceof RegExp ? expected.test(text) : error instanceof expected;
}

/** `toEqual` ignores prototypes and properties that are undefined. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Map || value instanceof Set || value instanceof Date || ArrayBuffer.isView(value))
    return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, plain(inner)]])),
  );
}

function show(value: unknown): string {
  return inspect(value, { depth: 2, breakLength: Number.POSITIVE_INFINITY }).slice(0, 200);
}
