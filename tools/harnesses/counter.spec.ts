import { expect, it } from 'vitest';
import type { ProcessResult, RunProcess } from '../kernel/process/types.ts';
import { counting, evenEnvironment, findCounter, readCount } from './counter.ts';

const exited = (code: number, stdout = '', stderr = ''): ProcessResult => ({
  ...{ state: 'exited', code, stdout, stderr, truncated: false, durationMs: 1 },
});

function machine(answers: Readonly<Record<string, ProcessResult>>): RunProcess {
  return async ({ command }) =>
    answers[command] ?? { state: 'not-found', command, reason: 'no such program' };
}

it('finds valgrind, and whether addresses can be fixed', async () => {
  const valgrind = exited(0, 'valgrind-3.19.0\n');
  expect(await findCounter(machine({ valgrind, setarch: exited(0) }), '/')).toEqual({
    state: 'found',
    counter: { name: 'valgrind', version: '3.19.0', before: ['setarch', '-R'] },
  });
  const forbidden = exited(1, '', 'setarch: failed to set personality to x86_64: Operation not permitted');
  expect(await findCounter(machine({ valgrind, setarch: forbidden }), '/')).toMatchObject({
    counter: { before: [] },
  });
});

it('says what is wrong with a valgrind that is missing or broken', async () => {
  expect(await findCounter(machine({}), '/')).toEqual({
    state: 'missing',
    reason: 'valgrind is not installed',
  });
  const broken = exited(127, '', 'error while loading shared libraries: libc.so.6');
  expect(await findCounter(machine({ valgrind: broken }), '/')).toEqual({
    state: 'missing',
    reason: 'valgrind is there and does not start: error while loading shared libraries: libc.so.6',
  });
});

it('puts the counter before the command and keeps arguments as they are', () => {
  const counter = { name: 'valgrind', version: '3', before: ['setarch', '-R'] } as const;
  const line = counting(counter, '/tmp/a log', '/bin/x', ['a b', '"']);
  expect(line.slice(0, 3)).toEqual(['setarch', '-R', 'valgrind']);
  expect(line).toContain('--tool=cachegrind');
  expect(line.slice(-4)).toEqual(['--log-file=/tmp/a log', '/bin/x', 'a b', '"']);
});

it('reads the sum, and nothing out of a log that was cut off', () => {
  expect(readCount('==12== Cachegrind\n==12== \n==12== I   refs:      1,234,567\n')).toBe(1_234_567);
  expect(readCount('==12== I   refs:      1,234,5')).toBeUndefined();
  expect(readCount('==12== I   refs: \n')).toBeUndefined();
  expect(readCount('')).toBeUndefined();
});

it('makes the environments of both sides equally long', () => {
  const length = (env: Readonly<Record<string, string | undefined>>, inherited: Record<string, string>) =>
    Object.entries({ ...inherited, ...env })
      .filter(([, value]) => value !== undefined)
      .reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}=${value}`) + 1, 0);
  const inherited = { PATH: '/usr/bin', VALGRIND_OPTS: '--trace-children=yes', ÄÖ: 'ü' };
  const base = evenEnvironment({ TREE: '/b' }, inherited);
  const head = evenEnvironment({ TREE: '/a/much/longer/folder', PATH: undefined }, inherited);
  expect(base.VALGRIND_OPTS).toBeUndefined();
  expect(length(base, inherited)).toBe(16_384);
  expect(length(head, inherited)).toBe(16_384);
});
