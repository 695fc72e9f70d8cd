import { describe, expect, inject, it } from 'vitest';
import { taskStates } from '../harness/tasks.ts';
import { createWorkspace, edit, nx, report, write } from '../harness/workspace.ts';

const host = inject('host');
const quick = '--budget=4s';

describe('a standalone workspace, whose project is the root', () => {
  it('measures, hits the cache, and misses after an edit of either configuration', async () => {
    const ws = await createWorkspace(host, { template: 'standalone' });
    const bench = () => nx(ws, ['run', 'standalone:bench', quick, '--output-style=static']);
    const build = () => nx(ws, ['run', 'standalone:build', '--output-style=static']);
    const first = await bench();
    expect(first.code, first.output).toBe(0);
    expect(report(ws, 'standalone').subjects.map(({ id }) => id)).toEqual([
      'src/index.bench.ts › countWords',
    ]);
    expect(taskStates(await bench())).toEqual({ 'standalone:bench': 'cached' });
    await build();
    write(ws, 'assay/bench.json', { margin: 0.2 });
    expect(taskStates(await bench())).toEqual({ 'standalone:bench': 'ran' });
    edit(ws, 'assay/policy.json', 'enforce', 'observe');
    expect(taskStates(await bench())).toEqual({ 'standalone:bench': 'ran' });
    expect(report(ws, 'standalone').enforcement).toBe('observe');
    expect(taskStates(await build())).toEqual({ 'standalone:build': 'cached' });
    edit(ws, 'src/index.ts', 'Words of a text', 'The words of a text');
    expect(taskStates(await bench())).toEqual({ 'standalone:bench': 'ran' });
  });
});

describe('a workspace with @nxlv/python', () => {
  it.skipIf(host.tools.python === undefined)(
    'gives its projects our target and makes no second one',
    async () => {
      const ws = await createWorkspace(host, { template: 'nxlv', python: true });
      const shown = await nx(ws, ['show', 'projects', '--json']);
      expect((JSON.parse(shown.stdout) as string[]).sort()).toEqual(['assay', 'quote']);
      const result = await nx(ws, ['run', 'quote:bench', quick]);
      expect(result.code, result.output).toBe(0);
      expect(report(ws, 'quote').subjects.map(({ id }) => id)).toEqual([
        'tests/test_quote_bench.py › test_total',
      ]);
    },
  );
});

describe('Nx 23', () => {
  it('adds, infers, measures and hits the cache', async () => {
    const ws = await createWorkspace(host, { nx: '23' });
    const bench = () => nx(ws, ['run', 'other:bench', quick, '--output-style=static']);
    const first = await bench();
    expect(first.code, first.output).toBe(0);
    expect(report(ws, 'other')).toMatchObject({ verdict: 'passed', run: { target: 'other:bench' } });
    expect(taskStates(await bench())).toEqual({ 'other:bench': 'cached' });
    const based = await nx(ws, ['run', 'other:bench', '--base=HEAD', quick]);
    expect(based.code, based.output).toBe(0);
    expect(report(ws, 'other').summary).toContain('identical to the base');
  });
});
