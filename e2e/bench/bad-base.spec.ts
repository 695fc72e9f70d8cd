import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { must } from '../harness/run.ts';
import { findingIds, verdictOf } from '../harness/verdict.ts';
import {
  commit,
  createWorkspace,
  edit,
  git,
  nx,
  read,
  report,
  type Workspace,
  write,
} from '../harness/workspace.ts';

const host = inject('host');
const quick = '--budget=5s';

let ws: Workspace;
beforeAll(async () => {
  ws = await createWorkspace(host);
});

const bench = (...args: string[]) => nx(ws, ['run', 'other:bench', quick, ...args]);

describe('a base that cannot be had', () => {
  it('does not exist: says so, and is no pass', async () => {
    const result = await bench('--base=nowhere');
    expect(result.output).toContain("'nowhere'");
    expect(findingIds(report(ws, 'other'))).toContain('git/no-such-ref');
    expect(report(ws, 'other').verdict).not.toBe('passed');
  });

  it('looks like an option: reaches no shell and no git option', async () => {
    const result = await bench('--base=--output=/tmp/owned');
    expect(result.code, result.output).not.toBe(0);
    expect(report(ws, 'other').verdict).toBe('failed');
  });

  it('is the same commit: measures nothing', async () => {
    const result = await bench('--base=HEAD');
    expect(result.code, result.output).toBe(0);
    expect(report(ws, 'other').summary).toContain('identical to the base');
  });

  it('is not in a shallow clone: says how to fetch it', async () => {
    const folder = join(ws.root, '../shallow');
    await must('git', ['clone', '-q', '--depth=1', `file://${ws.root}`, folder], {
      cwd: ws.root,
      env: ws.env,
    });
    symlinkSync(join(ws.root, 'node_modules'), join(folder, 'node_modules'));
    const shallow: Workspace = { root: folder, env: ws.env };
    const result = await nx(shallow, ['run', 'other:bench', '--base=HEAD~1', quick]);
    expect(findingIds(report(shallow, 'other')).join(), result.output).toMatch(/git\/(shallow|no-such-ref)/);
    expect(
      report(shallow, 'other')
        .findings.map(({ remedy }) => remedy)
        .join(),
    ).toMatch(/fetch/i);
    expect(report(shallow, 'other').verdict).not.toBe('passed');
  });
});

describe('a base that is there', () => {
  it('does not build: head is measured, and nothing is called unchanged', async () => {
    const good = read(ws, 'packages/other/src/index.ts');
    write(ws, 'packages/other/src/index.ts', `${good}\nexport const broken = (;\n`);
    await commit(ws, 'Break it');
    write(ws, 'packages/other/src/index.ts', good);
    await commit(ws, 'Mend it');
    const result = await bench('--base=HEAD~1');
    const made = report(ws, 'other');
    expect(findingIds(made), result.output).toContain('base/does-not-build');
    expect(made.verdict).toBe('inconclusive');
    expect(made.metrics.some(({ state }) => state === 'measured')).toBe(true);
  });

  it('lacks what a benchmark measures: it is new, the others are compared', async () => {
    edit(ws, 'packages/other/src/index.ts', /$/, 'export const one = (n: number) => (n * 7919) % 104729;\n');
    write(
      ws,
      'packages/other/src/new.bench.ts',
      `import { test } from 'vitest';
import { one } from './index.ts';
test('one', async ({ bench }) => {
  await bench('one', () => { let sum = 0; for (let i = 0; i < 9000; i++) sum += one(i); return sum; }).run();
});
`,
    );
    await commit(ws, 'A function and its benchmark');
    const result = await nx(ws, ['run', 'other:bench', '--base=HEAD~1', '--budget=10s']);
    const made = report(ws, 'other');
    expect(verdictOf(made, 'one'), result.output).toBe('new');
    expect(['identical', 'unchanged', 'inconclusive']).toContain(verdictOf(made, 'countWords'));
    expect(findingIds(made)).toContain('bench/new');
    expect(result.code).toBe(0);
  });

  it('is compared with a dirty tree, which stays as it is', async () => {
    edit(ws, 'packages/other/src/index.ts', 'Words of a text', 'The words of a text');
    const before = await git(ws, 'status', '--porcelain');
    const result = await bench('--base=HEAD');
    expect(result.code, result.output).toBe(0);
    const made = report(ws, 'other');
    expect(made).toMatchObject({ run: { mode: 'compare' }, environment: { dirty: true } });
    expect(await git(ws, 'status', '--porcelain')).toBe(before);
    expect(await git(ws, 'worktree', 'list')).not.toContain('\n');
    await git(ws, 'checkout', '-q', '.');
  });
});
