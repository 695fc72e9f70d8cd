/** Runner for Vitest 3 and 4 (`runner`): walks the benchmarks and measures as the fast runner does. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runLeaves } from './runtime/run.ts';
import {
  type Benchmark,
  type Hook,
  type HookName,
  leavesOf,
  type Mode,
  newSuite,
  type Suite,
} from './runtime/tree.ts';
import { describeError, joinRequest } from './runtime/worker.ts';

interface TaskLike {
  readonly type: string;
  readonly name: string;
  readonly mode: string;
  readonly meta?: { readonly benchmark?: boolean };
  readonly tasks?: readonly TaskLike[];
  result?: object;
}

// Of the project's own Vitest: whatever lies near this file may be another.
const from = (file: string) => import(pathToFileURL(join(process.env.ASSAY_VITEST ?? '', 'dist', file)).href);
const { NodeBenchmarkRunner } = await from('runners.js');
const { getBenchFn, getBenchOptions, getHooks } = await from('suite.js');
const joined = joinRequest();

export default class AssayRunner extends NodeBenchmarkRunner {
  async runSuite(file: TaskLike): Promise<void> {
    const root = convert(file, undefined);
    // Vitest itself has run these of the file.
    root.hooks.beforeAll.length = 0;
    root.hooks.afterAll.length = 0;
    await runLeaves(leavesOf(root), {
      ...joined,
      lineOf: () => undefined,
      describeError,
      onBegin: () => undefined,
    });
    for (const task of file.tasks ?? []) task.result = { state: 'pass' };
  }
}

function convert(task: TaskLike, parent: Suite | undefined): Suite {
  const suite = newSuite(parent ? task.name : '', modeOf(task), parent);
  const hooks = getHooks(task) as Partial<Record<HookName, Hook[]>>;
  for (const name of ['beforeAll', 'afterAll', 'beforeEach', 'afterEach'] as const) {
    suite.hooks[name].push(...(hooks[name] ?? []));
  }
  for (const child of task.tasks ?? []) {
    if (child.type === 'suite') suite.children.push(convert(child, suite));
    else if (child.meta?.benchmark) suite.children.push(benchmark(child));
  }
  return suite;
}

function benchmark(task: TaskLike): Benchmark {
  const options = getBenchOptions(task) ?? {};
  return {
    kind: 'bench',
    name: task.name,
    mode: modeOf(task),
    fn: getBenchFn(task),
    options,
    stack: undefined,
  };
}

/** Vitest has resolved `only` already: what is left out is marked `skip`. */
function modeOf({ mode }: TaskLike): Mode {
  return mode === 'skip' || mode === 'todo' ? mode : 'run';
}
