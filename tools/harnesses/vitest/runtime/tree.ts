/** What `describe`, `test` and `bench` register, in the order of the file. */
export type Mode = 'run' | 'skip' | 'only' | 'todo';

export type Hook = (context?: unknown) => unknown;

export interface Suite {
  readonly kind: 'suite';
  readonly name: string;
  readonly mode: Mode;
  readonly parent: Suite | undefined;
  readonly children: Node[];
  readonly hooks: Readonly<Record<HookName, Hook[]>>;
  /** Callback of `describe`; called once, after the file has been evaluated. */
  readonly fill: (() => unknown) | undefined;
}

export interface Test {
  readonly kind: 'test';
  readonly name: string;
  readonly mode: Mode;
  readonly body: ((context: unknown) => unknown) | undefined;
  readonly stack: string | undefined;
}

export interface Benchmark {
  readonly kind: 'bench';
  readonly name: string;
  readonly mode: Mode;
  readonly fn: (() => unknown) | undefined;
  readonly options: BenchmarkOptions;
  readonly stack: string | undefined;
}

export type Node = Suite | Test | Benchmark;
export type HookName = 'beforeAll' | 'afterAll' | 'beforeEach' | 'afterEach';

/** Hooks of one benchmark, from Vitest ≤ 4 (`setup`, `teardown`) and from tinybench (the rest). */
export interface BenchmarkOptions {
  readonly setup?: (task?: unknown, mode?: string) => unknown;
  readonly teardown?: (task?: unknown, mode?: string) => unknown;
  readonly beforeAll?: (mode?: string) => unknown;
  readonly afterAll?: (mode?: string) => unknown;
  readonly beforeEach?: (mode?: string) => unknown;
  readonly afterEach?: (mode?: string) => unknown;
}

/** One test or benchmark with the suites that enclose it, outermost first. */
export interface Leaf {
  readonly node: Test | Benchmark;
  readonly suites: readonly Suite[];
  readonly fullName: string;
  /** Why it does not run, where it does not. */
  readonly skipped: string | undefined;
}

const SEPARATOR = ' › ';

export function newSuite(name: string, mode: Mode, parent?: Suite, fill?: () => unknown): Suite {
  const hooks = { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] };
  return { kind: 'suite', name, mode, parent, children: [], hooks, fill };
}

/** Joins names; a benchmark named like its test is not named twice. */
export function fullName(parts: readonly string[]): string {
  return parts.filter((part, i) => part !== '' && part !== parts[i - 1]).join(SEPARATOR);
}

/** True if `name` is that of `parent` or of something inside it. */
export function isWithin(name: string, parent: string): boolean {
  return name === parent || name.startsWith(parent + SEPARATOR);
}

/** All tests and benchmarks in order, with `only`, `skip` and `todo` resolved as Vitest does. */
export function leavesOf(root: Suite): Leaf[] {
  const only = hasOnly(root);
  const leaves: Leaf[] = [];
  walk(root, [], only ? 'unless-only' : 'run');
  return leaves;

  function walk(suite: Suite, above: readonly Suite[], state: 'run' | 'unless-only' | 'skip'): void {
    const suites = [...above, suite];
    const inner = narrow(suite, state);
    for (const child of suite.children) {
      if (child.kind === 'suite') {
        walk(child, suites, inner);
        continue;
      }
      const name = fullName([...suites.map((s) => s.name), child.name]);
      leaves.push({ node: child, suites, fullName: name, skipped: whySkipped(child, narrow(child, inner)) });
    }
  }
}

function narrow(node: Node, state: 'run' | 'unless-only' | 'skip'): 'run' | 'unless-only' | 'skip' {
  if (state === 'skip' || node.mode === 'skip' || node.mode === 'todo') return 'skip';
  if (node.mode !== 'only') return state;
  // `describe.only` runs all of its children, unless one of them is marked itself.
  return node.kind === 'suite' && node.children.some(hasOnly) ? 'unless-only' : 'run';
}

function whySkipped(node: Test | Benchmark, state: 'run' | 'unless-only' | 'skip'): string | undefined {
  if (state === 'unless-only') return 'another one of the file is marked `only`';
  if (node.mode === 'todo') return 'marked `todo`';
  if (state === 'skip') return 'marked `skip`';
  return (node.kind === 'test' ? node.body : node.fn) ? undefined : 'has no body';
}

function hasOnly(node: Node): boolean {
  return node.mode === 'only' || (node.kind === 'suite' && node.children.some(hasOnly));
}
