import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  benchSource,
  findingOf,
  removeWorkspaces,
  verdicts,
  workSource,
  workspace,
} from './fixtures/workspace.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
afterAll(removeWorkspaces);

const FILES = { 'libs/it/work.js': workSource(), 'libs/it/a.bench.ts': benchSource('one') };
const CONFIG = 'libs/it/assay/bench.json';
const CONFLICT = '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n';

describe('settings that cannot be used end the run before anything is measured', () => {
  it.each([
    ['assay/policy.json', '{ "bench": { "margins": 1 } }', 'bench/config-invalid', 'Correct the field'],
    ['assay/policy.json', CONFLICT, 'files/conflict-markers', 'keep one side'],
    ['assay/policy.json', '{', 'files/malformed', 'line 1'],
    ['assay/policy.json', '[]', 'bench/config-invalid', 'Correct the field'],
    [CONFIG, '{ "margin": "5 %" }', 'bench/config-invalid', 'Correct the field'],
    [CONFIG, '{ "margin": 0.01, "effectFloor": 0.02 }', 'bench/config-invalid', 'Correct the field'],
    [CONFIG, CONFLICT, 'files/conflict-markers', 'keep one side'],
    [CONFIG, '{ "harness": "stopwatch" }', 'bench/unknown-harness', 'Name one of these'],
    [CONFIG, '{ "files": ["nothing/**"] }', 'bench/no-benchmarks', 'nx g nx-assay:bench it'],
    [CONFIG, '{ "budgets": [{ "benchmark": "one", "max": "5 parsecs" }] }', 'bench/unknown-unit', 'a unit'],
    [
      CONFIG,
      '{ "budgets": [{ "benchmark": "(", "max": "5ms" }] }',
      'bench/bad-pattern',
      'regular expression',
    ],
    [CONFIG, '{ "controls": ["["] }', 'bench/bad-pattern', 'regular expression'],
  ])('%s: %s is %s', async (file, text, id, remedy) => {
    const ws = workspace({ ...FILES, [file]: text });
    const { report, folder } = await ws.run();
    expect([report.verdict, report.subjects]).toEqual(['failed', []]);
    const found = findingOf(report, id);
    expect(found).toMatchObject({ severity: 'error', remedy: expect.stringContaining(remedy) });
    expect(found.message.length).toBeLessThan(400);
    expect(readFileSync(join(ws.root, folder, 'report.md'), 'utf8')).toContain('failed');
  });

  it('in a workspace that only observes too, without turning it red', async () => {
    const ws = workspace({
      ...FILES,
      'assay/policy.json': '{ "mode": "observe" }',
      [CONFIG]: '{ "files": [] }',
    });
    const { report } = await ws.run();
    expect(report).toMatchObject({ verdict: 'failed', enforcement: 'observe' });
  });
});

describe('options', () => {
  it.each([
    ['nothing like it', 'bench/filter-matches-nothing', '--list'],
    ['(', 'bench/bad-pattern', 'regular expression'],
  ])('--filter=%s is %s', async (filter, id, remedy) => {
    const ws = workspace(FILES);
    const { report } = await ws.run({ filter });
    expect([report.verdict, report.subjects]).toEqual(['failed', []]);
    expect(findingOf(report, id)).toMatchObject({ remedy: expect.stringContaining(remedy) });
  });
});

it('a benchmark above its limit fails, and the others keep their verdicts', async () => {
  const budgets = [
    { benchmark: 'one', max: '1ns' },
    { benchmark: 'two', max: '1ns', severity: 'warning' },
    { benchmark: 'three', max: '1s' },
  ];
  const ws = workspace({
    ...FILES,
    'libs/it/a.bench.ts': benchSource('one', 'two', 'three'),
    [CONFIG]: JSON.stringify({ budgets }),
  });
  const { report } = await ws.run();
  expect([report.verdict, verdicts(report)]).toEqual([
    'failed',
    { 'a.bench.ts › one': 'over', 'a.bench.ts › two': 'measured', 'a.bench.ts › three': 'measured' },
  ]);
  const over = report.findings.filter(({ id }) => id === 'bench/over-budget');
  expect(over).toMatchObject([
    { severity: 'error', subject: 'a.bench.ts › one', remedy: expect.stringContaining('"max"') },
    { severity: 'warning', subject: 'a.bench.ts › two' },
  ]);
});

it('a template with an unknown placeholder is used, with a warning', async () => {
  const ws = workspace({ ...FILES, 'assay/templates/bench.md': 'Ours: {{verdict}} {{no such}} {{cost}}\n' });
  const { report, folder } = await ws.run();
  expect(report.verdict).toBe('passed');
  expect(findingOf(report, 'task/unknown-placeholder')).toMatchObject({
    severity: 'warning',
    message: expect.stringContaining('cost'),
    remedy: expect.stringContaining('summary'),
  });
  expect(readFileSync(join(ws.root, folder, 'report.md'), 'utf8')).toMatch(/^Ours: .*passed/i);
});

describe('results that cannot be written', () => {
  it('are known before the measuring where the folder is no folder', async () => {
    const ws = workspace({ ...FILES, '.assay': 'a file' });
    const { report, steps } = await ws.run();
    expect([report.verdict, report.subjects, steps]).toEqual(['failed', [], []]);
    expect(findingOf(report, 'files/unwritable').remedy).toContain('permission to write');
  });

  it('leave the figures in the Report that is shown', async () => {
    const ws = workspace(FILES);
    // While it is measured, the folder of the raw data becomes a file: what a disk does that fills up.
    ws.write({
      'libs/it/a.bench.ts': `import { rmSync, writeFileSync } from 'node:fs';
rmSync(${JSON.stringify(join(ws.root, '.assay'))}, { recursive: true, force: true });
writeFileSync(${JSON.stringify(join(ws.root, '.assay'))}, '');
${benchSource('one')}`,
    });
    const { report } = await ws.run();
    expect([report.verdict, verdicts(report)]).toEqual(['failed', { 'a.bench.ts › one': 'measured' }]);
    expect(report.findings.map(({ id }) => id)).toContain('files/unwritable');
    expect(report.metrics[0]?.value).toBeGreaterThan(0);
  });

  it.skipIf(process.getuid?.() === 0)('are known before, where the user may not write', async () => {
    const ws = workspace(FILES);
    mkdirSync(join(ws.root, '.assay'), { mode: 0o500 });
    const { report } = await ws.run();
    chmodSync(join(ws.root, '.assay'), 0o700);
    expect(findingOf(report, 'files/unwritable').severity).toBe('error');
  });
});

it('raw data of an earlier run do not stay beside a Report that has none', async () => {
  const ws = workspace(FILES);
  ws.commit();
  const { folder } = await ws.run();
  expect(existsSync(join(ws.root, folder, 'samples.json'))).toBe(true);
  writeFileSync(join(ws.root, CONFIG.replace('assay/bench.json', 'a.bench.ts')), 'broken(');
  await ws.run();
  expect(existsSync(join(ws.root, folder, 'samples.json'))).toBe(false);
  expect(existsSync(join(ws.root, folder, 'head.txt'))).toBe(false);
  rmSync(join(ws.root, folder), { recursive: true });
});
