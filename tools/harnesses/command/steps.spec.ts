import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRunProcess } from '../../kernel/process/run.ts';
import type { DriveOutcome, DriveRequest, Side } from '../harness.ts';
import { commandSettings } from './command-settings.ts';
import command from './index.ts';

const run = createRunProcess(() => undefined);
const node = process.execPath;

let root: string;
let side: Side;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "assay steps' ")));
  side = { name: 'head', repoRoot: root, workspaceRoot: root, projectRoot: root };
  mkdirSync(join(root, 'scratch'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A program that writes a word to a log, and ends with a code. */
const say = (word: string, code = 0) => [
  ...[node, '-e', 'require("fs").appendFileSync("log", process.argv[1]); process.exit(+process.argv[2])'],
  ...[word, String(code)],
];
const log = () => (existsSync(join(root, 'log')) ? readFileSync(join(root, 'log'), 'utf8') : '');

async function sample(entry: object, part: Partial<DriveRequest> = {}): Promise<readonly DriveOutcome[]> {
  const options = { settings: { commands: [{ name: 'it', ...entry }] }, processTimeoutMs: 10_000 };
  const context = { run, scratch: join(root, 'scratch'), env: {} };
  const prepared = await command.prepare(side, ['assay/bench.json'], options, context);
  const { outcomes } = await prepared.drive({
    ...{ file: 'assay/bench.json', mode: 'sample', benchmarks: [], iterations: {}, warmup: {}, chunks: 2 },
    ...{ targetChunkNs: 1, maxBenchmarkMs: 60_000, timeoutMs: 20_000 },
    ...part,
  });
  await prepared.dispose();
  return outcomes;
}

const failure = (reason: unknown) => [{ state: 'failed', name: 'it', reason }];

describe('steps of a command', () => {
  it('run around each run, and around all of them, untimed', async () => {
    const slow = [node, '-e', 'require("fs").appendFileSync("log", "p"); setTimeout(() => {}, 400)'];
    const steps = { setup: say('s'), prepare: slow, conclude: say('c'), cleanup: say('x') };
    const [outcome] = await sample({ command: say('r'), ...steps }, { warmup: { it: 1 } });
    expect(log()).toBe('sprcprcprcx');
    if (outcome?.state !== 'sampled') throw new Error(JSON.stringify(outcome));
    // The fastest of the runs: neither holds the 400 ms of the step before it.
    expect(Math.min(...outcome.chunks)).toBeLessThan(400e6);
  });

  it('are not needed where nothing is run', async () => {
    expect(await sample({ command: say('r'), setup: say('s'), cleanup: say('x') }, { mode: 'list' })).toEqual(
      [{ state: 'listed', name: 'it' }],
    );
    expect(log()).toBe('');
  });

  it.each([
    ['setup', 's', /^its setup step ended with exit code 4: why$/],
    ['prepare', 'p', /^its prepare step ended with exit code 4: why$/],
    ['conclude', 'rc', /^its conclude step ended with exit code 4: why$/],
  ])('that fail (%s) make the benchmark fail', async (step, logged, reason) => {
    const word = logged.at(-1) as string;
    const bad = [
      ...[
        node,
        '-e',
        'require("fs").appendFileSync("log", process.argv[1]); console.error("why"); process.exit(4)',
      ],
      word,
    ];
    expect(await sample({ command: say('r'), [step]: bad })).toEqual(failure(expect.stringMatching(reason)));
    expect(log()).toBe(logged);
  });

  it('that do not exist say so', async () => {
    expect(await sample({ command: say('r'), prepare: ['assay-no-such-program'] })).toEqual(
      failure(expect.stringMatching(/^its prepare step could not be started: /)),
    );
  });
});

describe('exit codes', () => {
  it.each([
    [[0, 3], 'sampled'],
    ['any', 'sampled'],
    [[0, 4], 'failed'],
    [undefined, 'failed'],
  ])('%j: a command that ends with 3 is %s', async (exitCodes, state) => {
    const [outcome] = await sample({ command: say('r', 3), exitCodes }, { chunks: 1 });
    expect(outcome?.state).toBe(state);
  });
});

describe('streams', () => {
  const copy = [node, '-e', 'process.stdin.pipe(require("fs").createWriteStream("copy"))'];

  it('read a file, whatever its name', async () => {
    writeFileSync(join(root, 'in $(exit) "put"'), 'text');
    const outcomes = await sample({ command: copy, input: '{projectRoot}/in $(exit) "put"' }, { chunks: 1 });
    expect(outcomes).toMatchObject([{ state: 'sampled' }]);
    expect(readFileSync(join(root, 'copy'), 'utf8')).toBe('text');
  });

  it('say that a file is not there', async () => {
    expect(await sample({ command: copy, input: 'absent' })).toEqual(
      failure('its input cannot be read: absent'),
    );
  });

  it('lead nowhere where asked, and what is said on standard error is shown', async () => {
    const code =
      'console.log(require("fs").fstatSync(1).isFIFO()); console.error("it broke"); process.exit(1)';
    expect(await sample({ command: [node, '-e', code], output: 'discard' })).toEqual(
      failure('it ended with exit code 1: it broke'),
    );
    const write = [
      node,
      '-e',
      'require("fs").writeFileSync("kind", String(require("fs").fstatSync(1).isCharacterDevice()))',
    ];
    await sample({ command: write, output: 'discard' }, { chunks: 1 });
    expect(readFileSync(join(root, 'kind'), 'utf8')).toBe('true');
  });

  it('keep an environment of the command’s own', async () => {
    const env = { LEVEL: 'a b' };
    const check = [node, '-e', 'process.exit(process.env.LEVEL === "a b" ? 0 : 9)'];
    expect(await sample({ command: check, env }, { chunks: 1 })).toMatchObject([{ state: 'sampled' }]);
  });
});

describe('parameters', () => {
  const settings = (entry: object) => commandSettings({ commands: [entry] });

  it('make a benchmark of each combination', () => {
    const found = settings({
      name: 'sort',
      command: ['sort', '--algorithm={kind}', '{size}.txt', '{other}'],
      prepare: ['touch', '{size}'],
      env: { SIZE: '{size}' },
      input: '{kind}.in',
      parameters: { size: [10, 20], kind: ['a', 'b'] },
    });
    expect(found.map(({ name }) => name)).toEqual([
      'sort [size=10, kind=a]',
      'sort [size=10, kind=b]',
      'sort [size=20, kind=a]',
      'sort [size=20, kind=b]',
    ]);
    expect(found[2]).toMatchObject({
      command: ['sort', '--algorithm=a', '20.txt', '{other}'],
      steps: { prepare: ['touch', '20'] },
      env: { SIZE: '20' },
      input: 'a.in',
    });
  });

  it('are left out of a suffix where the name has them', () => {
    const entry = { name: 'sort {size}', command: ['sort'], parameters: { size: [1], kind: ['a'] } };
    expect(settings(entry).map(({ name }) => name)).toEqual(['sort 1 [kind=a]']);
  });
});
