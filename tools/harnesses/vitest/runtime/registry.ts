import { caseTitle, tableCases } from './title.ts';
import {
  type Benchmark,
  type BenchmarkOptions,
  type Hook,
  type HookName,
  type Mode,
  newSuite,
  type Suite,
} from './tree.ts';

type Named = string | ((...args: never[]) => unknown);
type Body = (...args: unknown[]) => unknown;

const root = newSuite('', 'run');
let current: Suite = root;

/** Evaluates the callbacks of `describe`, in order, until the tree is complete. */
export async function collect(suite: Suite = root): Promise<Suite> {
  for (const child of [...suite.children]) {
    if (child.kind !== 'suite') continue;
    current = child;
    try {
      await child.fill?.();
    } finally {
      current = suite;
    }
    await collect(child);
  }
  return suite;
}

/** `describe` with its modifiers and tables. */
export const describe = chain((mode) => {
  const define = (name: Named, a?: unknown, b?: unknown): void => {
    const fill = bodyOf(a, b);
    current.children.push(newSuite(nameOf(name), mode, current, fill && (() => fill())));
  };
  return define;
});

/** `test` (and `it`) with its modifiers and tables; the body receives the test context. */
export const test = chain((mode) => {
  const define = (name: Named, a?: unknown, b?: unknown): void => {
    const body = bodyOf(a, b);
    current.children.push({ kind: 'test', name: nameOf(name), mode, body, stack: stackAbove(define) });
  };
  return define;
});

/** Top-level `bench(name, fn, options)` of Vitest ≤ 4; the order `bench(name, options, fn)` is taken too. */
export const bench = Object.assign(benchIn('run'), {
  skip: benchIn('skip'),
  only: benchIn('only'),
  todo: benchIn('todo'),
  skipIf: (condition: unknown) => benchIn(condition ? 'skip' : 'run'),
  runIf: (condition: unknown) => benchIn(condition ? 'run' : 'skip'),
});

export const beforeAll = hookIn('beforeAll');
export const afterAll = hookIn('afterAll');
export const beforeEach = hookIn('beforeEach');
export const afterEach = hookIn('afterEach');

function benchIn(mode: Mode) {
  const define = (name: Named, a?: unknown, b?: unknown): void => {
    const fn = bodyOf(a, b) as Benchmark['fn'];
    const options = (typeof a === 'object' ? a : typeof b === 'object' ? b : undefined) ?? {};
    const stack = stackAbove(define);
    current.children.push({
      kind: 'bench',
      name: nameOf(name),
      mode,
      fn,
      options: options as BenchmarkOptions,
      stack,
    });
  };
  return define;
}

function hookIn(name: HookName) {
  return (hook: Hook): void => {
    current.hooks[name].push(hook);
  };
}

type Define = (name: Named, a?: unknown, b?: unknown) => void;

interface Chain extends Define {
  readonly skip: Chain;
  readonly only: Chain;
  readonly todo: Chain;
  readonly concurrent: Chain;
  readonly sequential: Chain;
  readonly shuffle: Chain;
  skipIf(condition: unknown): Chain;
  runIf(condition: unknown): Chain;
  each(cases: readonly unknown[], ...values: unknown[]): Define;
  for(cases: readonly unknown[], ...values: unknown[]): Define;
}

/** Adds `.skip`, `.only`, `.each`, … to a way of registering. Everything runs in sequence here. */
function chain(make: (mode: Mode) => Define, mode: Mode = 'run'): Chain {
  const define = make(mode);
  const again = (next: Mode): Chain => chain(make, next);
  const table =
    (spread: boolean) =>
    (cases: readonly unknown[], ...values: unknown[]): Define => {
      const rows = 'raw' in cases ? tableCases(cases as readonly string[], values) : cases;
      return (name, a, b) => {
        const body = bodyOf(a, b);
        rows.forEach((row, index) => {
          const args = Array.isArray(row) ? row : [row];
          define(
            caseTitle(nameOf(name), args, index),
            // As in Vitest: `each` spreads a row over the arguments; `for` hands it over whole, and the context.
            body && ((context: unknown) => (spread ? body(...args) : body(row, context))),
          );
        });
      };
    };
  const parts = {
    skip: () => again('skip'),
    only: () => again('only'),
    todo: () => again('todo'),
    concurrent: () => again(mode),
    sequential: () => again(mode),
    shuffle: () => again(mode),
  };
  for (const [key, get] of Object.entries(parts)) Object.defineProperty(define, key, { get });
  return Object.assign(define, {
    skipIf: (condition: unknown) => again(condition ? 'skip' : mode),
    runIf: (condition: unknown) => again(condition ? mode : 'skip'),
    each: table(true),
    for: table(false),
  }) as Chain;
}

function bodyOf(a: unknown, b: unknown): Body | undefined {
  const found = typeof a === 'function' ? a : b;
  return typeof found === 'function' ? (found as Body) : undefined;
}

function nameOf(name: Named): string {
  return typeof name === 'function' ? name.name || '<anonymous>' : String(name);
}

/** Stack of whoever called `below`, for the line number; text only, mapped when it is needed. */
function stackAbove(below: (...args: never[]) => unknown): string | undefined {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 4;
  Error.captureStackTrace(holder, below);
  Error.stackTraceLimit = limit;
  return holder.stack;
}
