import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  benchSource,
  findingOf,
  leftInTemp,
  policy,
  removeWorkspaces,
  verdicts,
  workSource,
  workspace,
} from './fixtures/workspace.ts';
import type { BenchDone } from './task.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
afterAll(removeWorkspaces);

const BAD = `import { bench } from 'vitest';
import { work } from './work.js';
bench('throws', () => { throw new Error('no "way"'); });
bench('hangs', () => { for (;;) {} });
bench('garbage', () => {
  process.stdout.write('\\u0000{"event":"end"}\\n\\x1b[2J');
  process.stderr.write(Buffer.from([0xff, 0xfe]));
  return work(400);
});
bench('killed', () => { process.kill(process.pid, 'SIGKILL'); });
bench('exits', () => { process.exit(0); });
bench('never settles', () => new Promise(() => {}));
bench('empty', () => {});
bench('fine', () => work(400));
`;

describe('benchmarks that misbehave, head alone', () => {
  let done: BenchDone;
  const said = (subject: string) => {
    const found = done.report.findings.filter((entry) => entry.subject === subject);
    expect(found).toHaveLength(1);
    expect(found[0]?.remedy).not.toBe('');
    return found[0];
  };

  beforeAll(async () => {
    const ws = workspace({
      'libs/it/assay/bench.json': '{ "processTimeoutSeconds": 1.5 }',
      'libs/it/work.js': workSource(),
      'libs/it/bad.bench.ts': BAD,
      'libs/it/good.bench.ts': benchSource('good'),
      'libs/it/twice.bench.ts': benchSource('same', 'other', 'same'),
      'libs/it/syntax.bench.ts': `import { bench } from 'vitest';\nbench('x', () => {`,
      'libs/it/none.bench.ts': 'export const a = 1;\n',
      'libs/it/load.bench.ts': `throw new Error('at load');\n`,
    });
    ws.commit();
    done = await ws.run();
  }, 60_000);

  it('keeps each failure to itself, fails the whole and measures the rest', () => {
    expect(done.report.verdict).toBe('failed');
    expect(verdicts(done.report)).toEqual({
      'bad.bench.ts › throws': 'failed',
      'bad.bench.ts › hangs': 'failed',
      'bad.bench.ts › garbage': 'measured',
      'bad.bench.ts › killed': 'failed',
      'bad.bench.ts › exits': 'failed',
      'bad.bench.ts › never settles': 'failed',
      'bad.bench.ts › empty': 'failed',
      'bad.bench.ts › fine': 'measured',
      'good.bench.ts › good': 'measured',
      'twice.bench.ts › same': 'failed',
      'twice.bench.ts › other': 'measured',
      'syntax.bench.ts': 'failed',
      'none.bench.ts': 'failed',
      'load.bench.ts': 'failed',
    });
    expect(leftInTemp()).toEqual([]);
  });

  it.each([
    ['bad.bench.ts › throws', 'throws could not be measured: Error: no "way" (libs/it/bad.bench.ts:3).'],
    [
      'bad.bench.ts › hangs',
      'hangs could not be measured: the process was stopped after 2 s without finishing.',
    ],
    [
      'bad.bench.ts › killed',
      'killed could not be measured: the process was killed (SIGKILL); the usual cause is that memory ran out.',
    ],
    ['bad.bench.ts › exits', 'exits could not be measured: the process ended early (exit code 0)'],
    [
      'bad.bench.ts › never settles',
      'never settles could not be measured: it awaits a promise that never settles.',
    ],
    [
      'syntax.bench.ts',
      'syntax.bench.ts could not be measured: it does not build: Unexpected end of file (libs/it/syntax.bench.ts:2).',
    ],
    ['none.bench.ts', 'none.bench.ts could not be measured: it names no benchmark.'],
    ['load.bench.ts', 'load.bench.ts could not be measured: Error: at load (libs/it/load.bench.ts:1).'],
  ])('%s: says how it is known', (subject, message) => {
    expect(said(subject)).toMatchObject({ id: 'bench/failed', severity: 'error' });
    expect(said(subject)?.message.startsWith(message)).toBe(true);
  });

  it('measures neither of two of one name', () => {
    expect(said('twice.bench.ts › same')).toMatchObject({
      id: 'bench/duplicate-name',
      severity: 'error',
      message: expect.stringContaining('none of them was measured'),
    });
  });

  it('does not call the pace of its own loop a figure', () => {
    expect(said('bad.bench.ts › empty')).toMatchObject({
      id: 'bench/faster-than-loop',
      severity: 'error',
      message: expect.stringContaining('empty takes no longer than the empty measuring loop'),
      remedy: expect.stringContaining('return its result'),
    });
  });

  it('gives a command that shows a failure alone', () => {
    expect(said('bad.bench.ts › throws')?.reproduce).toEqual([
      'npx',
      'nx',
      'run',
      'it:bench',
      '--filter=^bad\\.bench\\.ts › throws$',
    ]);
  });
});

describe('the time of the run', () => {
  const ws = workspace({
    'assay/policy.json': policy(1.5),
    'libs/it/work.js': workSource(),
    'libs/it/many.bench.ts': benchSource('a', 'b', 'c', 'd', 'e'),
    'libs/it/more.bench.ts': benchSource('f'),
  });

  it('goes to the first benchmarks where it is too little for all', async () => {
    const { report } = await ws.run({ budgetNs: 1.3e9 }, 8);
    expect(report.verdict).toBe('inconclusive');
    const found = report.subjects.map(({ verdict }) => verdict);
    expect(found).toHaveLength(6);
    expect(found[0]).toBe('measured');
    expect(found.slice(found.lastIndexOf('measured') + 1)).toEqual(
      found.filter((one) => one === 'inconclusive'),
    );
    expect(findingOf(report, 'bench/inconclusive')).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('no time was left of the budget of the run'),
      remedy: expect.stringContaining('--budget'),
    });
  });

  it('begins nothing where there is none', async () => {
    const { report } = await ws.run({ budgetNs: 1 });
    expect(report.verdict).toBe('inconclusive');
    expect(new Set(Object.values(verdicts(report)))).toEqual(new Set(['inconclusive']));
  });
});
