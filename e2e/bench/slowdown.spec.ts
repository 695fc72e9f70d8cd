import { beforeAll, describe, expect, inject, it } from 'vitest';
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
  /** Data file of the project itself, and the one of the shared library that it uses. */
  readonly own: string;
  readonly shared: string;
  readonly rounds: number;
  readonly missing: boolean;
}

const cases: readonly Case[] = [
  {
    language: 'TypeScript, npm',
    project: 'web',
    own: 'packages/web/src/work.json',
    shared: 'packages/core/src/work.json',
    rounds: 8000,
    missing: false,
  },
  {
    language: 'Python, uv',
    project: 'poly-price',
    own: 'python/price/src/poly_price/work.json',
    shared: 'python/core/src/poly_core/work.json',
    rounds: 1000,
    missing: host.tools.python === undefined,
  },
  {
    language: 'Go, go.work',
    project: 'stock',
    own: 'go/stock/work.txt',
    shared: 'go/core/work.txt',
    rounds: 8000,
    missing: !host.tools.go,
  },
];

let ws: Workspace;
beforeAll(async () => {
  ws = await createWorkspace(host, { python: host.tools.python !== undefined });
});

const slower = (at: Workspace, file: string, rounds: number, factor: number) =>
  edit(at, file, String(rounds), String(Math.round(rounds * factor)));

describe.each(cases)('$language', ({ project, own, shared, rounds, missing }) => {
  const budget = '--budget=40s';

  it.skipIf(missing)('names the benchmark that a shared library made slower, and no other', async () => {
    slower(ws, shared, rounds, 1.5);
    await commit(ws, 'Slow the library down');
    const result = await nx(ws, ['run', `${project}:bench`, '--base=HEAD~1', budget]);
    const made = report(ws, project);
    expect(verdictOf(made, 'shared'), result.output).toBe('regressed');
    expect(['unchanged', 'inconclusive']).toContain(verdictOf(made, 'own'));
    expect(['unchanged', 'inconclusive']).toContain(verdictOf(made, 'still'));
    expect(result.code).toBe(1);
    expect(made).toMatchObject({ verdict: 'failed', run: { mode: 'compare' } });
    expect(changeOf(made, 'shared')!.low).toBeGreaterThan(1.2);
    expect(changeOf(made, 'shared')!.high).toBeLessThan(1.9);
    const finding = made.findings.find(({ id }) => id === 'bench/regressed');
    expect(finding).toMatchObject({ severity: 'error', subject: expect.stringContaining('shared') });
    expect(result.output).toContain('regressed');
    expect(result.output).toMatch(/shared.*regressed/);
  });

  it.skipIf(missing)('tells its own slowdown from the library, and calls the way back improved', async () => {
    slower(ws, own, rounds, 1.5);
    slower(ws, shared, rounds * 1.5, 1 / 1.5);
    await commit(ws, 'Slow this one down and mend the library');
    const result = await nx(ws, ['run', `${project}:bench`, '--base=HEAD~1', budget]);
    const made = report(ws, project);
    expect(verdictOf(made, 'own'), result.output).toBe('regressed');
    expect(['improved', 'inconclusive']).toContain(verdictOf(made, 'shared'));
    expect(['unchanged', 'inconclusive']).toContain(verdictOf(made, 'still'));
    expect(result.code).toBe(1);
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
    const args = ['run-many', '-t', 'bench', '-p', ...projects, '--aa', '--budget=30s'];
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
    slower(pnpm, 'packages/core/src/work.json', 8000, 1.5);
    await commit(pnpm, 'Slow the library down');
    const result = await nx(pnpm, ['run', 'web:bench', '--base=HEAD~1', '--budget=40s']);
    expect(verdictOf(report(pnpm, 'web'), 'shared'), result.output).toBe('regressed');
    expect(['unchanged', 'inconclusive']).toContain(verdictOf(report(pnpm, 'web'), 'still'));
    expect(result.code).toBe(1);
  });
});
