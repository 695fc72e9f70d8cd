import type { DriverRequest } from '../../protocol.ts';
import { contextOf, type Figures, SkipTest } from './context.ts';
import type { Emit } from './events.ts';
import { measureOne } from './measure-one.ts';
import { type BenchmarkOptions, type Hook, isWithin, type Leaf, type Suite } from './tree.ts';

export interface RunContext {
  readonly request: DriverRequest;
  readonly emit: Emit;
  readonly lineOf: (stack: string | undefined) => number | undefined;
  /** Text of a failure, with the place in the sources. */
  readonly describeError: (error: unknown) => string;
  /** Told what is being measured, so that an error outside of any call can be laid at its door. */
  readonly onBegin: (name: string | undefined) => void;
}

const NOTHING: Figures = { chunksMs: [] };

/** Runs what the request asks for, in the order of the file, and writes its events. */
export async function runLeaves(leaves: readonly Leaf[], context: RunContext): Promise<void> {
  const { request, emit } = context;
  const seen = new Set<string>();
  const failed = new Set<string>();
  const asked = new Set(request.benchmarks);
  let entered: Suite[] = [];
  let broken: { suite: Suite; reason: string } | undefined;

  for (const leaf of leaves) {
    if (leaf.skipped !== undefined) {
      listSkipped(leaf, leaf.skipped);
      continue;
    }
    if (!isAsked(leaf)) {
      if (leaf.node.kind === 'bench') isFirst(leaf.fullName);
      continue;
    }
    if (request.mode === 'list' && leaf.node.kind === 'bench') {
      if (isFirst(leaf.fullName)) list(leaf.fullName, leaf.node.stack);
      continue;
    }
    await enter(leaf.suites);
    if (broken && leaf.suites.includes(broken.suite)) failAll(leaf, broken.reason);
    else await runLeaf(leaf);
  }
  await leave(0);

  function isAsked(leaf: Leaf): boolean {
    if (asked.size === 0) return true;
    if (leaf.node.kind === 'bench') return asked.has(leaf.fullName);
    return request.benchmarks.some((name) => isWithin(name, leaf.fullName));
  }

  function isFirst(name: string): boolean {
    if (seen.has(name)) {
      emit({ event: 'duplicate', name });
      return false;
    }
    seen.add(name);
    return true;
  }

  function list(name: string, stack: string | undefined, skipped?: string): void {
    const line = context.lineOf(stack);
    emit({ event: 'listed', name, ...(line === undefined ? {} : { line }), ...(skipped ? { skipped } : {}) });
  }

  function listSkipped(leaf: Leaf, why: string): void {
    if (request.mode === 'list' && isFirst(leaf.fullName)) list(leaf.fullName, leaf.node.stack, why);
  }

  function fail(name: string, reason: string): void {
    failed.add(name);
    emit({ event: 'failed', name, reason });
  }

  /** All that was asked of a leaf and has no outcome yet; its own name where nothing was asked. */
  function failAll(leaf: Leaf, reason: string): void {
    const names = request.benchmarks.filter((name) => isWithin(name, leaf.fullName) && !seen.has(name));
    for (const name of names.length > 0 ? names : [leaf.fullName]) fail(name, reason);
  }

  async function enter(suites: readonly Suite[]): Promise<void> {
    const shared = entered.findIndex((suite, i) => suite !== suites[i]);
    await leave(shared === -1 ? entered.length : shared);
    for (const suite of suites.slice(entered.length)) {
      entered = [...entered, suite];
      try {
        for (const hook of suite.hooks.beforeAll) keepCleanup(suite.hooks.afterAll, await hook());
      } catch (error) {
        broken ??= { suite, reason: `beforeAll failed: ${context.describeError(error)}` };
      }
    }
  }

  async function leave(depth: number): Promise<void> {
    for (const suite of entered.slice(depth).reverse()) {
      for (const hook of suite.hooks.afterAll.toReversed()) await quietly(hook);
      if (broken?.suite === suite) broken = undefined;
    }
    entered = entered.slice(0, depth);
  }

  async function runLeaf(leaf: Leaf): Promise<void> {
    const finished: Hook[] = [];
    const before = seen.size;
    try {
      for (const suite of leaf.suites) {
        for (const hook of suite.hooks.beforeEach) keepCleanup(finished, await hook({ task: leaf.node }));
      }
      if (leaf.node.kind === 'bench') {
        await runOne(leaf.fullName, leaf.node.fn!, leaf.node.options, leaf.node.stack);
      } else {
        await leaf.node.body!(contextOf(leaf.fullName, runOne, (hook) => finished.push(hook)));
      }
    } catch (error) {
      if (error instanceof SkipTest) listSkipped(leaf, error.message);
      // What a test does after its measurement (compare two results, say) is not the measurement.
      else if (seen.size === before) failAll(leaf, context.describeError(error));
    } finally {
      context.onBegin(undefined);
      for (const suite of leaf.suites.toReversed()) {
        for (const hook of suite.hooks.afterEach) await quietly(() => hook({ task: leaf.node }));
      }
      for (const hook of finished.reverse()) await quietly(hook);
    }
  }

  async function runOne(
    name: string,
    fn: () => unknown,
    options: BenchmarkOptions,
    stack: string | undefined,
  ): Promise<Figures> {
    if (!isFirst(name) || (asked.size > 0 && !asked.has(name))) return NOTHING;
    if (request.mode === 'list') {
      list(name, stack);
      return NOTHING;
    }
    emit({ event: 'begin', name });
    context.onBegin(name);
    try {
      return await measureOne({ request, emit }, name, fn, options);
    } catch (error) {
      if (!failed.has(name)) fail(name, context.describeError(error));
      throw error;
    } finally {
      context.onBegin(undefined);
    }
  }

  /** Clean-up that fails takes nothing away from what was measured; it is told on standard error. */
  async function quietly(hook: () => unknown): Promise<void> {
    try {
      await hook();
    } catch (error) {
      console.error(`a clean-up hook failed: ${context.describeError(error)}`);
    }
  }
}

/** As in Vitest, a function that a hook returns is called when what the hook prepared is over. */
function keepCleanup(cleanups: Hook[], returned: unknown): void {
  if (typeof returned === 'function') cleanups.push(returned as Hook);
}
