import { beforeAll, describe, expect, inject, it } from 'vitest';
import { plannedTasks, taskStates } from '../harness/tasks.ts';
import {
  commit,
  createWorkspace,
  edit,
  git,
  nx,
  remove,
  report,
  type Workspace,
  write,
} from '../harness/workspace.ts';

const host = inject('host');
const quick = '--budget=6s';

let ws: Workspace;
beforeAll(async () => {
  ws = await createWorkspace(host);
});

/** Runs `build` and `bench` of the JavaScript projects and tells what was cached. */
async function runBoth(env: Record<string, string> = {}) {
  const args = ['run-many', '-t', 'build', 'bench', '-p', 'web', 'other', '--output-style=static'];
  const result = await nx(ws, args, { env });
  return { states: taskStates(result), result };
}

describe('the cache', () => {
  it('misses first and hits then', async () => {
    write(ws, 'packages/web/assay/bench.json', { budgetSeconds: 2 });
    write(ws, 'packages/other/assay/bench.json', { budgetSeconds: 2 });
    await commit(ws, 'Be quick');
    const first = await runBoth();
    expect(first.result.code, first.result.output).toBe(0);
    expect(first.states).toEqual({ 'web:build': 'ran', 'web:bench': 'ran', 'other:bench': 'ran' });
    const { startedAt } = report(ws, 'web').environment;
    remove(ws, '.assay');
    const second = await runBoth();
    expect(second.states).toEqual({ 'web:build': 'cached', 'web:bench': 'cached', 'other:bench': 'cached' });
    expect(report(ws, 'web').environment.startedAt).toBe(startedAt);
  });

  it('misses the benchmark and not the build after an edit of a budget', async () => {
    write(ws, 'packages/web/assay/bench.json', {
      budgetSeconds: 2,
      budgets: [{ benchmark: 'still', max: '1ns' }],
    });
    const { states, result } = await runBoth();
    expect(states).toEqual({ 'web:build': 'cached', 'web:bench': 'failed', 'other:bench': 'cached' });
    expect(result.code).toBe(1);
    expect(report(ws, 'web').findings.map(({ id }) => id)).toContain('bench/over-budget');
    write(ws, 'packages/web/assay/bench.json', { budgetSeconds: 2 });
    expect((await runBoth()).states['web:bench']).toBe('cached');
  });

  it('misses the benchmarks and nothing else after an edit of the policy', async () => {
    write(ws, 'assay/policy.json', { mode: 'enforce', bench: { margin: 0.07 } });
    const { states } = await runBoth();
    expect(states).toEqual({ 'web:build': 'cached', 'web:bench': 'ran', 'other:bench': 'ran' });
    await git(ws, 'checkout', '-q', '.');
  });

  it('misses the consumers of a library that was edited, and no others', async () => {
    edit(ws, 'packages/core/src/index.ts', 'as many rounds', 'with as many rounds');
    expect((await runBoth()).states).toEqual({
      'web:build': 'ran',
      'web:bench': 'ran',
      'other:bench': 'cached',
    });
    await commit(ws, 'Reword');
  });
});

describe('what is affected', () => {
  const affected = () => plannedTasks(ws, ['affected', '-t', 'bench', '--base=HEAD~1', '--head=HEAD']);

  it.each([
    ['packages/core/src/index.ts', 'rounds(', ['web:bench']],
    ['packages/other/src/index.ts', 'countWords', ['other:bench']],
    ['go/core/core.go', 'texts', ['stock:bench']],
    ['python/core/src/poly_core/__init__.py', 'rounds', ['poly-price:bench']],
    ['packages/web/bench/web.bench.ts', 'quick', ['web:bench']],
  ])('an edit of %s', async (file, word, expected) => {
    const end = file.endsWith('.py') ? `# ${word}\n` : `// ${word}\n`;
    edit(ws, file, /$/, end);
    await commit(ws, `Edit ${file}`);
    expect(await affected()).toEqual(expected);
  });

  it('runs what it picked against the base it was given', async () => {
    edit(ws, 'packages/core/src/work.json', '8000', '16000');
    const base = await git(ws, 'rev-parse', 'HEAD');
    await commit(ws, 'Twice the work');
    const result = await nx(ws, ['affected', '-t', 'bench', '--base=HEAD~1', quick, '--output-style=static']);
    expect(Object.keys(taskStates(result)), result.output).toEqual(['web:bench']);
    expect(report(ws, 'web').run).toMatchObject({ mode: 'compare', base });
  });
});

describe('an inconclusive result', () => {
  it('is no pass, exits 0, and is measured again by the next run', async () => {
    edit(ws, 'packages/core/src/work.json', '16000', '16001');
    await commit(ws, 'A little more');
    const args = ['run', 'web:bench', '--base=HEAD~1', '--budget=3s', '--output-style=static'];
    const first = await nx(ws, args);
    expect(first.code, first.output).toBe(0);
    expect(report(ws, 'web')).toMatchObject({ verdict: 'inconclusive', run: { attempt: 1 } });
    const second = await nx(ws, args);
    expect(taskStates(second), second.output).toEqual({ 'web:bench': 'ran' });
    expect(report(ws, 'web').run.attempt).toBe(2);
    const strict = await nx(ws, [...args, '--failOn=inconclusive']);
    if (report(ws, 'web').verdict === 'inconclusive') expect(strict.code, strict.output).toBe(1);
  });
});

describe('the daemon', () => {
  it('hands the base over and hits the cache as Nx does without it', async () => {
    const daemon = { daemon: true } as const;
    try {
      const base = await git(ws, 'rev-parse', 'HEAD~1');
      const args = ['affected', '-t', 'bench', '--base=HEAD~1', '--list', '--output-style=static'];
      const listed = await nx(ws, args, daemon);
      expect(listed.code, listed.output).toBe(0);
      expect(listed.output).toContain('bench/web.bench.ts › shared');
      const run = ['affected', '-t', 'bench', '--base=HEAD~1', '--budget=3s', '--output-style=static'];
      const first = await nx(ws, run, daemon);
      expect(taskStates(first), first.output).toEqual({ 'web:bench': 'ran' });
      expect(report(ws, 'web').run.base).toBe(base);
      const other = ['run', 'other:bench', '--output-style=static'];
      await nx(ws, other, daemon);
      const again = await nx(ws, other, daemon);
      expect(taskStates(again), again.output).toEqual({ 'other:bench': 'cached' });
    } finally {
      await nx(ws, ['daemon', '--stop'], daemon);
    }
  });
});
