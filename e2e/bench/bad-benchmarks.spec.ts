import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { Report } from '../../tools/kernel/report/schema.ts';
import { commit, createWorkspace, nx, report, type Workspace, write } from '../harness/workspace.ts';

const host = inject('host');

/** One file a case; `good` stands among them and must be measured all the same. */
const files: Readonly<Record<string, string>> = {
  throws: `throw new Error('no data today');`,
  hangs: `await bench('hangs', () => { for (;;) {} }).run();`,
  garbage: `await bench('garbage', () => { console.log('{"state":"sampled"} \\u0000\\u001b[31m ✓'); return 1; }).run();`,
  killed: `await bench('killed', () => { process.kill(process.pid, 'SIGKILL'); }).run();`,
  memory: `await bench('memory', () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); }).run();`,
  nothing: '',
  fast: `await bench('fast', () => {}).run();`,
  twins: `await bench('twin', () => work(1)).run(); await bench('twin', () => work(2)).run();`,
  good: `await bench('good', () => work(3)).run();`,
};

let ws: Workspace;
let made: Report;
let output: string;
let code: number;

beforeAll(async () => {
  ws = await createWorkspace(host);
  write(ws, 'packages/bad/package.json', { name: 'bad', version: '0.0.0', private: true, type: 'module' });
  for (const [name, body] of Object.entries(files)) {
    const bench = [
      `import { test } from 'vitest';`,
      'function work(seed: number) { let sum = seed; for (let i = 0; i < 9000; i++) sum = (sum * 31 + i) % 65521; return sum; }',
      name === 'nothing' ? '' : `test('${name}', async ({ bench }) => { ${body} });`,
      `export { work };`,
    ];
    write(ws, `packages/bad/src/${name}.bench.ts`, `${bench.join('\n')}\n`);
  }
  write(ws, 'packages/bad/assay/bench.json', {
    budgetSeconds: 2,
    processTimeoutSeconds: 2,
    env: { NODE_OPTIONS: '--max-old-space-size=64' },
  });
  await commit(ws, 'Bad benchmarks');
  const result = await nx(ws, ['run', 'bad:bench', '--output-style=static']);
  ({ output, code } = result);
  made = report(ws, 'bad');
});

/** Findings about a file or a benchmark of it. */
const about = (name: string) =>
  made.findings.filter(
    ({ subject, location, message }) =>
      `${subject} ${location?.file}`.includes(`${name}.bench.ts`) || message.includes(`${name}.bench.ts`),
  );

describe('bad benchmarks', () => {
  it('fail the task and let the rest run', () => {
    expect(code, output).toBe(1);
    expect(made.verdict).toBe('failed');
    expect(made.subjects.find(({ id }) => id.endsWith('› good'))?.verdict).toBe('measured');
  });

  it.each([
    ['throws', /no data today/],
    ['hangs', /2(\.0)? ?s|time|hang/i],
    ['killed', /SIGKILL/],
    ['memory', /memory|SIGABRT|SIGKILL/i],
    ['nothing', /no benchmark/i],
  ])('%s: is a failure with its reason and a remedy', (name, reason) => {
    const [finding] = about(name);
    expect(finding, output).toMatchObject({ severity: 'error' });
    expect(finding!.message).toMatch(reason);
    expect(finding!.remedy).not.toBe('');
    expect(
      made.subjects.some(({ id, verdict }) => id.includes(`${name}.bench`) && verdict === 'measured'),
    ).toBe(false);
  });

  it('garbage on standard output is no harm', () => {
    const subject = made.subjects.find(({ id }) => id.endsWith('garbage.bench.ts › garbage'));
    expect(subject?.verdict, output).toBe('measured');
  });

  it('two of one name are told', () => {
    expect(made.findings.map(({ id }) => id)).toContain('bench/duplicate-name');
    expect(
      made.subjects.filter(({ id }) => id.includes('twins.bench')).map(({ verdict }) => verdict),
    ).not.toContain('measured');
  });

  it('one that is faster than the loop around it is no measurement to trust', () => {
    const told = about('fast').map(({ id }) => id);
    expect(told, output).toContain('bench/faster-than-loop');
  });
});
