import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRunProcess } from '../kernel/process/run.ts';
import { copyOf, testPython } from '../languages/python/fixtures/environment.ts';
import criterion from './criterion/index.ts';
import goTesting from './go-testing/index.ts';
import type { DriveRequest, Harness, Prepared, Side } from './harness.ts';
import pytest from './pytest-benchmark/index.ts';
import { turnstile } from './turns.ts';
import vitest from './vitest/index.ts';

const run = createRunProcess(() => undefined);
const tree = copyOf(join(import.meta.dirname, 'fixtures'), 'turns');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-turns-')));
const python = await testPython();
const has = (command: string, argument: string): boolean => {
  try {
    execFileSync(command, [argument]);
    return true;
  } catch {
    return false;
  }
};
const stile = await turnstile(run, folder, () => 0);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAMS = {
  TypeScript: { harness: vitest, file: 'turn.bench.ts', name: 'turn', here: true },
  Python: { harness: pytest, file: 'test_turn.py', name: 'test_turn', here: python.state === 'found' },
  Go: { harness: goTesting, file: 'turn_test.go', name: 'BenchmarkTurn', here: has('go', 'version') },
  Rust: { harness: criterion, file: 'benches/turn.rs', name: 'turn', here: has('cargo', '--version') },
} satisfies Record<string, { harness: Harness; file: string; name: string; here: boolean }>;
type Program = keyof typeof PROGRAMS;

let log = '';
const prepared: Prepared[] = [];
afterAll(async () => {
  for (const one of prepared) await one.dispose();
});

async function prepare(program: Program, name: 'base' | 'head', life = '1000') {
  const { harness, file } = PROGRAMS[program];
  const side: Side = { name, repoRoot: tree.path, workspaceRoot: tree.path, projectRoot: tree.path };
  const scratch = join(folder, `${name}-${harness.id}`);
  mkdirSync(scratch, { recursive: true });
  const env: Record<string, string> = {
    TURN_LOG: log,
    TURN_SIDE: name[0] ?? '',
    // What is made ready by running it (Python) shall not end then.
    TURN_LIFE: '1000',
    ...(python.state === 'found'
      ? { ASSAY_PYTHON: python.python, ASSAY_PYTHON_TREE: `${tree.path}\x1f${tree.path}` }
      : {}),
  };
  const ready = await harness.prepare(side, [file], { processTimeoutMs: 20_000 }, { run, scratch, env });
  env.TURN_LIFE = life;
  prepared.push(ready);
  expect(ready.files).toMatchObject([{ state: 'ready', takesTurns: true }]);
  return ready;
}

function request(program: Program, part: Partial<DriveRequest> = {}): DriveRequest {
  const { file, name } = PROGRAMS[program];
  return {
    ...{
      file,
      mode: 'sample',
      benchmarks: [name],
      iterations: { [name]: 3 },
      warmup: { [name]: 2 },
      chunks: 4,
    },
    ...{ targetChunkNs: 1e6, maxBenchmarkMs: 5000, timeoutMs: 20_000 },
    ...part,
  };
}

async function drive(base: Program, head: Program, first: 'base' | 'head', lives: readonly string[] = []) {
  log = join(folder, `log-${base}-${head}-${first}-${lives.join('-')}`);
  writeFileSync(log, '');
  const sides = {
    base: await prepare(base, 'base', lives[0]),
    head: await prepare(head, 'head', lives[1]),
  };
  writeFileSync(log, '');
  const result = await stile!.drive(
    { base: (ask) => sides.base.drive(ask), head: (ask) => sides.head.drive(ask) },
    { base: request(base), head: request(head), first, chunkMs: 1 },
  );
  return { result, log: readFileSync(log, 'utf8') };
}

const lengths = (outcome: unknown) => {
  const { warmup, chunks } = outcome as { warmup: number[]; chunks: number[] };
  return [warmup.length, chunks.length];
};

describe.skipIf(stile === undefined)(
  'two processes that take turns (skipped where there is no Linux)',
  () => {
    const here = (...programs: Program[]) => programs.every((program) => PROGRAMS[program].here);
    const pairs: [Program, Program][] = [
      ['TypeScript', 'TypeScript'],
      ['Python', 'Python'],
      ['Go', 'Go'],
      ['Python', 'Go'],
      ['Go', 'TypeScript'],
      ['Rust', 'Rust'],
    ];
    for (const [base, head] of pairs) {
      it.skipIf(!here(base, head))(`${base} and ${head}: one runs while the other waits`, async () => {
        const { result, log } = await drive(base, head, 'head');
        // Two chunks of three calls are a turn; what comes before is the first call, which shows what it is.
        expect(log).toMatch(/(h{6}b{6}){3}/);
        for (const side of [result.base, result.head]) {
          expect(side.process).toMatchObject({ state: 'exited', detail: 'exit code 0' });
          expect(lengths(side.outcomes[0])).toEqual([2, 4]);
        }
      });
      it.skipIf(!here(base, head))(`${base} goes on by itself where ${head} dies on the way`, async () => {
        const { result } = await drive(base, head, 'base', ['1000', '9']);
        expect(result.head.outcomes).toMatchObject([{ state: 'failed' }]);
        expect(lengths(result.base.outcomes[0])).toEqual([2, 4]);
      });
      it.skipIf(!here(base, head))(`${head} does not wait for ever where ${base} never comes`, async () => {
        const { result } = await drive(base, head, 'base', ['0', '1000']);
        expect(result.base.outcomes).toMatchObject([{ state: 'failed' }]);
        expect(lengths(result.head.outcomes[0])).toEqual([2, 4]);
      });
    }
  },
);
