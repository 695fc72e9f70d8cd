import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunResult } from '../harness/run.ts';
import { changeOf, verdictOf } from '../harness/verdict.ts';
import { commit, createWorkspace, edit, nx, report, type Workspace } from '../harness/workspace.ts';

/**
 * Slowdowns are injected through data files, never through code: other code has another layout, and that
 * alone measures as a change.
 */
const host = inject('host');

interface Case {
  readonly language: string;
  readonly project: string;
  /** Data file of the shared library that the project uses. */
  readonly data: string;
  readonly rounds: number;
  readonly missing: boolean;
}

const cases: readonly Case[] = [
  {
    language: 'TypeScript, npm',
    project: 'web',
    data: 'packages/core/src/work.json',
    rounds: 8000,
    missing: false,
  },
  {
    language: 'Python, uv',
    project: 'poly-price',
    data: 'python/core/src/poly_core/work.json',
    rounds: 1000,
    missing: host.tools.python === undefined,
  },
  {
    language: 'Go, go.work',
    project: 'stock',
    data: 'go/core/work.txt',
    rounds: 8000,
    missing: !host.tools.go,
  },
];

let ws: Workspace;
beforeAll(async () => {
  ws = await createWorkspace(host, { python: host.tools.python !== undefined });
});

/** Twice the work in a shared library, committed. */
async function slowDown(at: Workspace, { data, rounds }: Pick<Case, 'data' | 'rounds'>): Promise<void> {
  edit(at, data, String(rounds), String(2 * rounds));
  await commit(at, `Twice the work in ${data}`);
}

/**
 * Compares with the commit before until `shared` is decided: on a machine that others keep busy a run may
 * end inconclusive, and the next one pools its samples with those. Whatever the noise, a verdict must be right.
 */
async function compare(at: Workspace, project: string): Promise<RunResult> {
  for (let attempt = 1; ; attempt++) {
    const args = ['run', `${project}:bench`, '--base=HEAD~1', '--filter=shared|still', '--budget=25s'];
    const result = await nx(at, args);
    const made = report(at, project, result);
    expect(made.run).toMatchObject({ mode: 'compare', attempt });
    expect(['regressed', 'inconclusive'], result.output).toContain(verdictOf(made, 'shared'));
    expect(['unchanged', 'inconclusive'], result.output).toContain(verdictOf(made, 'still'));
    if (verdictOf(made, 'shared') === 'regressed' || attempt === 5) return result;
  }
}

describe.each(cases)('$language', (each) => {
  const { project, missing } = each;

  it.skipIf(missing)('names the benchmark that a shared library made slower, and no other', async () => {
    await slowDown(ws, each);
    const result = await compare(ws, project);
    const made = report(ws, project);
    expect(verdictOf(made, 'shared'), result.output).toBe('regressed');
    expect(made.verdict).toBe('failed');
    expect(result.code).toBe(1);
    const change = changeOf(made, 'shared')!;
    expect(change.low).toBeGreaterThan(1.05);
    expect(change.low).toBeLessThan(2.05);
    expect(change.high).toBeGreaterThan(1.9);
    const finding = made.findings.find(({ id }) => id === 'bench/regressed');
    expect(finding).toMatchObject({ severity: 'error', subject: expect.stringContaining('shared') });
    expect(result.output).toMatch(/shared.*regressed/);
  });
});

describe('the same code on both sides', () => {
  it('raises nothing and measures nothing', async () => {
    const result = await nx(ws, ['run-many', '-t', 'bench', '-p', 'web', 'stock', '--base=HEAD']);
    expect(result.code, result.output).toBe(0);
    for (const project of ['web', 'stock']) {
      expect(report(ws, project).summary).toContain('identical to the base');
      expect(report(ws, project).metrics.filter(({ state }) => state === 'measured')).toEqual([]);
    }
  });

  it('raises nothing where it is measured all the same', async () => {
    const projects = cases.filter(({ missing }) => !missing).map(({ project }) => project);
    const args = ['run-many', '-t', 'bench', '-p', ...projects, '--aa', '--budget=20s'];
    const result = await nx(ws, args);
    expect(result.code, result.output).toBe(0);
    for (const project of projects) {
      const made = report(ws, project);
      expect(made.run.mode).toBe('aa');
      expect(made.subjects).toHaveLength(3);
      for (const { verdict } of made.subjects) expect(['unchanged', 'inconclusive']).toContain(verdict);
    }
  });
});

describe('TypeScript, pnpm', () => {
  it('reports the slowdown of a shared library in its consumer', async () => {
    const pnpm = await createWorkspace(host, { packageManager: 'pnpm' });
    await slowDown(pnpm, cases[0]!);
    const result = await compare(pnpm, 'web');
    expect(verdictOf(report(pnpm, 'web'), 'shared'), result.output).toBe('regressed');
    expect(result.code).toBe(1);
  });
});
