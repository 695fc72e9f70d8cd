import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CachedGraph } from '../../tools/nx/cached-graph.ts';
import { attemptVariable, baseVariable } from '../../tools/nx/environment-variables.ts';
import { gitIn } from './git.ts';
import { runVariables } from './variables.ts';

const target = (project: string) => ({
  inputs: [
    'default',
    '^production',
    `{workspaceRoot}/${project}/assay/bench.json`,
    '{workspaceRoot}/go.work',
    { externalDependencies: [] },
    { env: baseVariable(project) },
  ],
});
const graph: CachedGraph = {
  nodes: {
    'shop api': { data: { root: 'api', targets: { bench: target('shop api') } } },
    lib: { data: { root: 'lib' } },
    web: { data: { root: 'web', targets: { bench: target('web') } } },
  },
  dependencies: { 'shop api': [{ target: 'lib' }, { target: 'npm:zod' }], lib: [], web: [] },
};

/** A repository whose workspace lies in a folder of it. */
let repository: string;
let workspace: string;

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], {
    cwd: workspace,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

function commit(files: Record<string, string>): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, file)), { recursive: true });
    writeFileSync(join(workspace, file), text);
  }
  git('add', '-A', '..');
  git('commit', '-q', '--allow-empty', '-m', 'c');
  return git('rev-parse', 'HEAD');
}

function run(line: string, changes: Partial<Parameters<typeof runVariables>[0]> = {}) {
  const { variables } = runVariables({
    argv: ['node', 'nx', ...line.split(' ')],
    environment: {},
    workspaceRoot: workspace,
    defaultBase: 'main',
    namedInputs: { default: ['{projectRoot}/**/*', '{workspaceRoot}/shared-*.cfg'], production: ['default'] },
    graph,
    git: gitIn(workspace),
    isUnsettled: () => false,
    expired: () => '',
    today: '2026-01-31',
    attempts: {},
    nonce: 'n1',
    ...changes,
  });
  return Object.fromEntries(variables);
}

const keyOf = (base: string, project = 'shop api') =>
  run(`run-many -t bench --base=${base}`)[baseVariable(project)];

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'assay-hook-'));
  workspace = join(repository, 'work space');
  mkdirSync(workspace);
  execFileSync('git', ['init', '-q', '-b', 'main', repository]);
});

afterEach(() => rmSync(repository, { recursive: true, force: true }));

describe('runVariables', () => {
  it('gives equal keys to bases that differ only in what does not matter', () => {
    const first = commit({
      'api/a.go': '1',
      'lib/l.go': '1',
      'web/w.ts': '1',
      'go.work': '1',
      '../other.txt': '1',
    });
    const second = commit({
      'web/w.ts': '2',
      'api/assay/bench.json': '{}',
      'api/x.bench.ts': 'new',
      'notes.md': '2',
      '../other.txt': '2',
    });
    expect(keyOf(second)).toBe(keyOf(first));
    expect(keyOf(second)).toMatch(/^[0-9a-f]{40}$/);
    expect(keyOf(second, 'web')).not.toBe(keyOf(first, 'web'));
  });

  it.each([
    ['its own files', { 'api/a.go': '2' }],
    ["a dependency's files", { 'lib/l.go': '2' }],
    ['a file that its inputs name', { 'go.work': '2' }],
    ['a file that a named input matches', { 'shared-x.cfg': '2' }],
  ])('gives another key where %s differ', (_, change) => {
    const first = commit({ 'api/a.go': '1', 'lib/l.go': '1', 'go.work': '1' });
    const second = commit(change);
    expect(keyOf(second)).not.toBe(keyOf(first));
  });

  it('keeps npm lockfiles out of the key of what excludes npm', () => {
    const first = commit({ 'api/a.go': '1', 'package-lock.json': '1' });
    const second = commit({ 'package-lock.json': '2' });
    expect(keyOf(second)).toBe(keyOf(first));
  });

  it('sets commit, name and empty error', () => {
    const first = commit({ 'api/a.go': '1' });
    commit({ 'api/a.go': '2' });
    expect(run('bench web --base=HEAD~1')).toMatchObject({
      ASSAY_BASE: first,
      ASSAY_BASE_REF: 'HEAD~1',
      ASSAY_BASE_ERROR: '',
      [attemptVariable('web')]: '',
    });
  });

  it('tells a base that cannot be had from none', () => {
    commit({ 'api/a.go': '1' });
    const missing = run('run-many -t bench --base=nope');
    expect(missing).toMatchObject({ ASSAY_BASE: '', ASSAY_BASE_REF: 'nope' });
    expect(missing.ASSAY_BASE_ERROR).toContain("'nope'");
    expect(missing[baseVariable('web')]).toMatch(/^unresolved-/);
    expect(run('run-many -t bench')[baseVariable('web')]).toBe('');
  });

  it('never answers from the cache where a baseline is to be written or the noise of this hour is asked for', () => {
    commit({ 'web/a.ts': '1' });
    for (const option of [
      '--aa',
      '--update-baseline',
      '--updateBaseline=true',
      '--accept=x',
      '--drift',
      '--drift=v*',
    ]) {
      expect(run(`run web:bench ${option}`)[attemptVariable('web')]).toBe('fresh-n1');
    }
    for (const option of ['--aa=false', '--drift=false']) {
      expect(run(`run web:bench ${option}`)[attemptVariable('web')]).toBe('');
    }
  });

  it('gives another key after a release where head is its own base, and nowhere else', () => {
    const first = commit({ 'web/w.ts': '1' });
    const head = commit({ 'web/w.ts': '2' });
    const keys = () => [keyOf(head, 'web'), keyOf(first, 'web')];
    const [own, other] = keys();
    git('tag', 'v1');
    const [released, same] = keys();
    expect(released).not.toBe(own);
    expect(same).toBe(other);
  });

  it('lets no result from before the end of a waiver answer for the time after it', () => {
    commit({ 'web/w.ts': '1' });
    const keyWith = (expired: string) =>
      run('bench web', { expired: ({ project }) => (project === 'web' ? expired : '') })[
        attemptVariable('web')
      ];
    expect([keyWith(''), keyWith('0'), keyWith('0,2')]).toEqual(['', 'expired-0', 'expired-0,2']);
  });

  it('raises the attempt of a pair whose last Report decided nothing', () => {
    commit({ 'web/w.ts': '1' });
    const first = runOnce({});
    const second = runOnce(first.attempts, true);
    expect(first.variables.get(attemptVariable('web'))).toBe('');
    expect(second.variables.get(attemptVariable('web'))).toBe('2');

    function runOnce(attempts: Parameters<typeof runVariables>[0]['attempts'], unsettled = false) {
      return runVariables({
        argv: ['node', 'nx', 'bench', 'web'],
        environment: {},
        workspaceRoot: workspace,
        defaultBase: 'main',
        namedInputs: undefined,
        graph,
        git: gitIn(workspace),
        isUnsettled: () => unsettled,
        expired: () => '',
        today: '2026-01-31',
        attempts,
        nonce: 'n1',
      });
    }
  });

  it('lets the base itself be the key where there is no graph', () => {
    const base = commit({ 'web/w.ts': '1' });
    const { ASSAY_BASE_FALLBACK: found } = run(`run web:bench --base=${base}`, { graph: undefined });
    expect(found).toBe(`${base}-2026-01-31`);
    expect(run('run web:bench', { graph: undefined }).ASSAY_BASE_FALLBACK).toBe('2026-01-31');
    const missing = run('run web:bench --base=nope', { graph: undefined }).ASSAY_BASE_FALLBACK;
    expect(missing).toMatch(/^unresolved-/);
  });

  it('starts no git where nothing of ours can run', () => {
    const never = () => {
      throw new Error('git was started');
    };
    const builds: CachedGraph = {
      ...graph,
      nodes: { ...graph.nodes, lib: { data: { root: 'lib', targets: { build: {} } } } },
    };
    expect(run('run-many -t build --base=x', { git: never, graph: builds })).toEqual({
      ASSAY_BASE: '',
      ASSAY_BASE_REF: '',
      ASSAY_BASE_ERROR: '',
      ASSAY_BASE_FALLBACK: '',
    });
  });

  it('resolves a base in a folder that is no repository to an error, not an exception', () => {
    const outside = mkdtempSync(join(tmpdir(), 'assay-none-'));
    const result = run('bench web --base=main', { git: gitIn(outside) });
    rmSync(outside, { recursive: true });
    expect(result.ASSAY_BASE_ERROR).toMatch(/not a git repository/);
  });
});
