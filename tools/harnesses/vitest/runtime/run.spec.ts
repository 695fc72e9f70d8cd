import { describe, expect, it, vi } from 'vitest';
import type { DriverEvent, DriverRequest } from '../../protocol.ts';
import { runLeaves } from './run.ts';
import { leavesOf, newSuite, type Suite, type Test } from './tree.ts';

const REQUEST: DriverRequest = {
  file: 'a.bench.ts',
  mode: 'sample',
  benchmarks: [],
  iterations: {},
  warmup: {},
  chunks: 1,
  targetChunkNs: 1000,
  maxBenchmarkMs: 100,
  timeoutMs: 1000,
  target: '',
  eventsPath: '',
};

type Context = {
  bench: (name: string, fn: () => unknown) => { run(): Promise<unknown> };
  skip(note: string): void;
};

/** A file with two suites, each hook and body of which says its name when it runs. */
function file() {
  const said: string[] = [];
  const say = (text: string) => () => void said.push(text);
  const root = newSuite('', 'run');
  root.hooks.beforeAll.push(say('root beforeAll'));
  root.hooks.afterAll.push(say('root afterAll'));
  root.hooks.beforeEach.push(say('root beforeEach'));
  const suites = ['a', 'b'].map((name) => {
    const suite = newSuite(name, 'run', root);
    suite.hooks.beforeAll.push(() => {
      said.push(`${name} beforeAll`);
      return say(`${name} cleanup`);
    });
    suite.hooks.beforeEach.push(() => say(`${name} each cleanup`));
    suite.hooks.afterEach.push(say(`${name} afterEach`));
    suite.hooks.afterAll.push(say(`${name} afterAll`));
    root.children.push(suite);
    return suite;
  });
  return { said, say, root, a: suites[0]!, b: suites[1]! };
}

function bench(to: Suite, name: string, fn: () => unknown): void {
  to.children.push({ kind: 'bench', name, mode: 'run', fn, options: {}, stack: undefined });
}

function test(to: Suite, name: string, body: (context: Context) => unknown): void {
  to.children.push({ kind: 'test', name, mode: 'run', body: body as Test['body'], stack: undefined });
}

async function run(root: Suite, request: Partial<DriverRequest>): Promise<DriverEvent[]> {
  const events: DriverEvent[] = [];
  await runLeaves(leavesOf(root), {
    request: { ...REQUEST, ...request },
    emit: (event) => events.push(event),
    lineOf: () => undefined,
    describeError: (error) => (error as Error).message,
    onBegin: () => undefined,
  });
  return events;
}

const short = (events: DriverEvent[]) =>
  events
    .filter(({ event }) => event !== 'begin')
    .map((event) => `${event.event} ${'name' in event ? event.name : ''}`);

describe('running a file', () => {
  it('runs hooks around what is asked for, and of its suites only', async () => {
    const { said, say, root, a, b } = file();
    bench(a, 'x', say('a x'));
    bench(b, 'y', say('b y'));
    expect(short(await run(root, { benchmarks: ['b › y'] }))).toEqual(['sampled b › y']);
    expect(said).toEqual([
      'root beforeAll',
      'b beforeAll',
      'root beforeEach',
      'b y',
      'b y',
      'b afterEach',
      'b each cleanup',
      'b cleanup',
      'b afterAll',
      'root afterAll',
    ]);
  });

  it('lists benchmarks without calling them; for those in tests it runs the test around them', async () => {
    const { said, say, root, a } = file();
    bench(a, 'x', say('called'));
    test(root, 't', async (context) => {
      said.push('test');
      await context.bench('y', say('called')).run();
      throw new Error('a comparison of results that are not there');
    });
    expect(short(await run(root, { mode: 'list' }))).toEqual(['listed a › x', 'listed t › y']);
    expect(said).toEqual(['root beforeAll', 'root beforeEach', 'test', 'root afterAll']);
  });

  it('calls exactly as often as asked, and once before to see what the function is', async () => {
    const { root, a } = file();
    const fn = vi.fn();
    bench(a, 'x', fn);
    const iterations = { 'a › x': 7 };
    await run(root, { benchmarks: ['a › x'], iterations, warmup: { 'a › x': 2 }, chunks: 3 });
    expect(fn).toHaveBeenCalledTimes(1 + 7 * 5);
  });

  it('fails all of a suite whose beforeAll fails, and goes on with the next one', async () => {
    const { root, a, b } = file();
    a.hooks.beforeAll.push(() => {
      throw new Error('no database');
    });
    bench(a, 'x', () => 1);
    bench(b, 'y', () => 1);
    const events = await run(root, {});
    expect(events).toContainEqual({
      event: 'failed',
      name: 'a › x',
      reason: 'beforeAll failed: no database',
    });
    expect(short(events)).toEqual(['failed a › x', 'sampled b › y']);
  });

  it('takes nothing from a measurement where something fails after it', async () => {
    const { root, a } = file();
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    a.hooks.afterEach.push(() => {
      throw new Error('cannot tidy up');
    });
    test(a, 't', async ({ bench: measured }) => {
      await measured('x', () => 1).run();
      throw new Error('slower than the other');
    });
    expect(short(await run(root, {}))).toEqual(['sampled a › t › x']);
    expect(told).toHaveBeenCalledWith('a clean-up hook failed: cannot tidy up');
    told.mockRestore();
  });

  it('gives each benchmark of a test an outcome where the test fails before it', async () => {
    const { root, a } = file();
    test(a, 't', () => {
      throw new Error('bad input');
    });
    expect(await run(root, { benchmarks: ['a › t › x', 'a › t › y'] })).toEqual([
      { event: 'failed', name: 'a › t › x', reason: 'bad input' },
      { event: 'failed', name: 'a › t › y', reason: 'bad input' },
    ]);
    expect(await run(root, { mode: 'list' })).toEqual([
      { event: 'failed', name: 'a › t', reason: 'bad input' },
    ]);
  });

  it('lists a test that skips itself with its reason', async () => {
    const { root, a } = file();
    test(a, 't', ({ skip }) => skip('not on this machine'));
    expect(await run(root, { mode: 'list' })).toEqual([
      { event: 'listed', name: 'a › t', skipped: 'not on this machine' },
    ]);
  });

  it('tells a name that is taken, in every mode, and measures the first', async () => {
    const { root, a } = file();
    const second = vi.fn();
    bench(a, 'x', () => 1);
    bench(a, 'x', second);
    for (const mode of ['list', 'sample'] as const) {
      expect(await run(root, { mode })).toContainEqual({ event: 'duplicate', name: 'a › x' });
    }
    expect(second).not.toHaveBeenCalled();
  });
});
