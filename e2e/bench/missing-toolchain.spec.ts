import { mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { must } from '../harness/run.ts';
import { findingIds } from '../harness/verdict.ts';
import { createWorkspace, nx, report, type Workspace, write } from '../harness/workspace.ts';

const host = inject('host');

let ws: Workspace;
/** A path without Python and without Go. */
let path: string;
beforeAll(async () => {
  ws = await createWorkspace(host);
  const folder = join(ws.root, '../programs');
  mkdirSync(folder);
  symlinkSync(process.execPath, join(folder, 'node'));
  for (const program of ['git', 'sh', 'env', 'uname']) {
    const found = await must('sh', ['-c', `command -v ${program}`], { cwd: ws.root, env: ws.env });
    symlinkSync(found.stdout.trim(), join(folder, program));
  }
  path = [folder].join(delimiter);
});

describe('a missing toolchain', () => {
  it.each([
    ['poly-price', /Python/],
    ['stock', /Go/],
  ])('%s is skipped by name and is no pass', async (project, name) => {
    const result = await nx(ws, ['run', `${project}:bench`], { env: { PATH: path } });
    const made = report(ws, project);
    expect(made.verdict, result.output).toBe('skipped');
    expect(findingIds(made)).toEqual(['bench/toolchain-missing']);
    expect(made.findings[0]!.message).toMatch(name);
    expect(made.findings[0]!.remedy).toMatch(/install/i);
    expect(result.output).toMatch(name);
  });

  it('does not keep the others from running', async () => {
    const args = ['run-many', '-t', 'bench', '-p', 'other', 'stock', '--budget=4s'];
    const result = await nx(ws, args, { env: { PATH: path } });
    expect(report(ws, 'other').verdict, result.output).toBe('passed');
    expect(report(ws, 'stock').verdict).toBe('skipped');
  });
});

describe('two manifests of one name', () => {
  it('get their paths as names, with a warning, and the graph stays whole', async () => {
    const toml = '[project]\nname = "poly-core"\nversion = "0"\nrequires-python = ">=3.11"\n';
    write(ws, 'python/twin/pyproject.toml', toml);
    write(ws, 'python/twin/tests/test_twin_bench.py', 'def test_twin(benchmark):\n    benchmark(sum, [1])\n');
    write(ws, 'python/core/tests/test_core_bench.py', 'def test_core(benchmark):\n    benchmark(sum, [1])\n');
    const shown = await nx(ws, ['show', 'projects', '--json']);
    expect(shown.code, shown.output).toBe(0);
    const names = JSON.parse(shown.stdout) as string[];
    expect(names).toContain('web');
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => /^poly-core$|^python[/-](core|twin)$/.test(name))).toHaveLength(2);
  });
});
