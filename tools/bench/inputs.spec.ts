import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProcess } from '../kernel/process/run.ts';
import { contentAt, differenceFrom, openRepository, resolveSides } from './inputs.ts';
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

describe('contentAt', () => {
  const found = [{ files: ['x.bench.ts'], overlay: ['data.json'] }] as never;

  async function content(): Promise<string> {
    const workspaceRoot = join(root, 'ws');
    const repository = await openRepository(workspaceRoot, runProcess);
    const { head } = await resolveSides(repository, 'HEAD');
    const dependencies = [{ name: 'd', root: 'libs/d' }];
    return contentAt(repository, head, { ...request, workspaceRoot, dependencies }, found, ['uv.lock']);
  }

  it.each([
    ['libs/a/src/a.ts', true],
    ['libs/d/d.ts', true],
    ['shared/rates.json', true],
    ['uv.lock', true],
    ['libs/ab/src/x.ts', false],
    ['libs/a/assay/accepted.json', false],
    ['libs/d/assay/bench.json', false],
    ['libs/a/x.bench.ts', false],
    ['libs/a/data.json', false],
    ['../outside.json', false],
  ])('is another with %s: %s', async (file, counts) => {
    const before = await content();
    write(join('ws', file), 'changed');
    expect(await content()).toBe(before);
    git('add', '-A');
    git('commit', '-qm', 'change');
    expect((await content()) !== before).toBe(counts);
    expect(before).toMatch(/^[0-9a-f]{40}$/);
  });
});
