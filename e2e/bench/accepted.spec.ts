import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { taskStates } from '../harness/tasks.ts';
import { findingIds, verdictOf } from '../harness/verdict.ts';
import {
  commit,
  createWorkspace,
  edit,
  git,
  nx,
  read,
  remove,
  report,
  type Workspace,
  write,
} from '../harness/workspace.ts';

const host = inject('host');
const data = 'packages/core/src/work.json';
const file = 'packages/web/assay/accepted.json';

let ws: Workspace;
let base: string;
beforeAll(async () => {
  ws = await createWorkspace(host);
  // Whether the machine can be believed today is not what is tested here.
  write(ws, 'packages/web/assay/bench.json', { canary: false });
  base = await commit(ws, 'No canary');
});

const bench = (...args: string[]) =>
  nx(ws, ['run', 'web:bench', `--base=${base}`, '--filter=shared', '--output-style=static', ...args]);

/** On a busy machine a run may end inconclusive; the next one pools its samples with those. */
async function untilRegressed() {
  for (let attempt = 1; ; attempt++) {
    const result = await bench('--budget=20s');
    const verdict = verdictOf(report(ws, 'web', result), 'shared');
    expect(['regressed', 'inconclusive'], result.output).toContain(verdict);
    if (verdict === 'regressed' || attempt === 5) return result;
  }
}

describe('an accepted regression', () => {
  it('is written for review, by what the Report says, and needs a reason and a name', async () => {
    edit(ws, data, '8000', '32000');
    await commit(ws, 'Four times the work');
    const build = () => nx(ws, ['run', 'web:build', '--output-style=static']);
    await build();
    const seen = await untilRegressed();
    expect([seen.code, report(ws, 'web').verdict], seen.output).toEqual([1, 'failed']);
    const { id } = report(ws, 'web').run;

    const silent = await bench('--accept=shared');
    expect(silent.output).toContain('accepted/reason-missing');
    const unknown = await bench('--accept=nothing', '--reason=x');
    expect(unknown.output).toMatch(/accepted\/unknown-subject.*web\.bench\.ts › shared/s);
    expect([silent.code, unknown.code, await git(ws, 'status', '--porcelain')]).toEqual([1, 1, '']);

    const reason = 'it counts "more"; $HOME';
    const done = await bench('--accept=shared', `--reason=${reason}`);
    expect([done.code, report(ws, 'web').verdict, report(ws, 'web').run.id], done.output).toEqual([
      0,
      'passed',
      id,
    ]);
    expect(await git(ws, 'status', '--porcelain', '-uall')).toBe(`?? ${file}`);
    expect(JSON.parse(read(ws, file))).toMatchObject({
      $schema: '../../../node_modules/nx-assay/schemas/accepted.schema.json',
      accepted: [
        { subject: expect.stringContaining('shared'), reason, author: expect.stringContaining('<') },
      ],
    });
    expect(taskStates(await build())).toEqual({ 'web:build': 'cached' });
  });

  it('passes in the next run, and stays visible', async () => {
    await commit(ws, 'Accept it');
    const result = await untilRegressed();
    expect([result.code, report(ws, 'web').verdict], result.output).toEqual([0, 'passed']);
    expect(result.output).toMatch(/shared.*regressed; accepted up to \+/);
    expect(result.output).toMatch(/info bench\/accepted .*\n.*it counts "more"; \$HOME/);
    const again = await bench('--budget=20s');
    expect(taskStates(again), again.output).toEqual({ 'web:bench': 'cached' });
  });

  it('fails where it is larger', async () => {
    edit(ws, data, '32000', '640000');
    await commit(ws, 'Far more work');
    const result = await untilRegressed();
    expect([result.code, report(ws, 'web').verdict], result.output).toEqual([1, 'failed']);
    expect(findingIds(report(ws, 'web'))).toContain('bench/accepted-exceeded');
  });

  it('is stale once it is on the base, and says so', async () => {
    base = await git(ws, 'rev-parse', 'HEAD');
    const result = await bench();
    expect([result.code, findingIds(report(ws, 'web'))], result.output).toEqual([
      0,
      ['bench/accepted-stale'],
    ]);
  });
});

describe('a quarantine', () => {
  it('that ends is no longer answered for by the cache', async () => {
    // Three days later, for Nx, its plugins and the task alike.
    write(
      ws,
      '../later.mjs',
      `const { Date: Now } = globalThis;
const shift = 3 * 24 * 3600e3;
globalThis.Date = class Date extends Now {
  constructor(...args) { if (args.length === 0) super(Now.now() + shift); else super(...args); }
  static now() { return Now.now() + shift; }
};
`,
    );
    const expires = new Date(Date.now() + 24 * 3600e3).toISOString().slice(0, 10);
    const entry = { benchmark: 'countWords', reason: 'flaky', owner: '@team', expires };
    write(ws, 'packages/other/assay/bench.json', { budgetSeconds: 1, quarantine: [entry] });
    const run = (env = {}) => nx(ws, ['run', 'other:bench', '--output-style=static'], { env });
    const first = await run();
    expect([first.code, taskStates(first)], first.output).toEqual([0, { 'other:bench': 'ran' }]);
    expect(findingIds(report(ws, 'other'))).toContain('bench/quarantined');
    expect(taskStates(await run())).toEqual({ 'other:bench': 'cached' });
    remove(ws, '.assay');
    const later = await run({ NODE_OPTIONS: `--import=${join(dirname(ws.root), 'later.mjs')}` });
    expect([later.code, taskStates(later)], later.output).toEqual([1, { 'other:bench': 'failed' }]);
    expect(findingIds(report(ws, 'other'))).toContain('bench/quarantine-expired');
  });
});
