import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProcess } from '../kernel/process/run.ts';
import { differenceFrom, openRepository, resolveSides } from './inputs.ts';
import type { BenchRequest } from './request.ts';

let root = '';
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const git = (...args: string[]): void => {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: root, stdio: 'pipe' });
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bench-inputs-'));
  git('init', '-q', '-b', 'main');
  write('ws/libs/a/src/a.ts', '1');
  write('ws/libs/ab/src/x.ts', '1');
  write('ws/shared/rates.json', '1');
  write('ws/tsconfig.build.json', '{}');
  git('add', '-A');
  git('commit', '-qm', 'base');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const request: BenchRequest = {
  workspaceRoot: '',
  project: { name: 'a', root: 'libs/a', tags: [] },
  dependencies: [],
  inputs: ['shared/*.json', 'extra'],
  target: 'a:bench',
  configuration: '',
  base: { state: 'none' },
  list: false,
  updateBaseline: false,
  aa: false,
  force: false,
};

async function difference() {
  const workspaceRoot = join(root, 'ws');
  const repository = await openRepository(workspaceRoot, runProcess);
  const { base } = await resolveSides(repository, 'HEAD');
  return differenceFrom(repository, base, { ...request, workspaceRoot }, [], ['uv.lock']);
}

describe('differenceFrom', () => {
  it.each([
    ['libs/a/src/a.ts', true],
    ['shared/rates.json', true],
    ['shared/new.json', true],
    ['extra/anything.txt', true],
    ['tsconfig.build.json', true],
    ['.npmrc', true],
    ['uv.lock', true],
    ['libs/ab/src/x.ts', false],
    ['shared/readme.md', false],
    ['shared/deep/rates.json', false],
    ['libs/a/assay/bench.json', false],
    ['../outside.json', false],
  ])('a change of %s counts: %s', async (file, counts) => {
    write(join('ws', file), 'changed');
    expect((await difference()).code).toEqual(counts ? [join('ws', file)] : []);
  });
});
