import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProcess } from '../kernel/process/run.ts';
import { told } from './fixtures/told.ts';
import {
  benchSource,
  findingOf,
  policy,
  removeWorkspaces,
  workSource,
  workspace,
} from './fixtures/workspace.ts';
import { listBenchmarks } from './list.ts';
import type { BenchmarkOutcome } from './outcome.ts';
import { compared } from './report/fixtures/outcomes.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
vi.mock('./measure/measure-project.ts', () => import('./fixtures/told.ts'));
afterAll(removeWorkspaces);

const ONE = 'src/a.bench.ts › one';
const base = { state: 'ref', ref: 'HEAD' } as const;
const LAST_DAY = new Date('2026-06-30T23:59:59Z');
const DAY_AFTER = new Date('2026-07-01T00:00:00Z');
const ENTRY = {
  benchmark: '› one$',
  reason: 'needs a quiet disk.',
  owner: '@team-search',
  expires: '2026-06-30',
};

function project(quarantine: readonly unknown[] = [ENTRY], settings: object = { minBenchmarks: 0 }) {
  const ws = workspace({
    'assay/policy.json': policy(2),
    'libs/it/assay/bench.json': JSON.stringify({ ...settings, quarantine }),
    'libs/it/src/work.js': workSource(),
    'libs/it/src/a.bench.ts': benchSource('one', 'other'),
  });
  ws.commit();
  ws.write({ 'libs/it/src/work.js': workSource(2) });
  return ws;
}

const origin = { subject: ONE, title: 'one', file: 'libs/it/src/a.bench.ts' };
const { samples } = compared('one', 'regressed');
const figure = { statistic: 'floor', value: 100, interval: [99, 101], confidence: 0.99 } as const;
const measured = { ...origin, state: 'measured', samples, figures: [figure], extras: [] } as const;
const PATHS: readonly (readonly [string, BenchmarkOutcome])[] = [
  ['regressed', compared('one', 'regressed', 1.3)],
  ['inconclusive', compared('one', 'inconclusive')],
  ['cut off', { ...origin, state: 'inconclusive', reason: 'no time' }],
  ['failed', { ...origin, state: 'failed', side: 'head', reason: 'it threw' }],
  ['unchanged', compared('one', 'unchanged')],
  ['identical', { ...origin, state: 'identical' }],
  ['new', { ...measured, newBecause: 'it is not on the base' }],
];

beforeEach(() => {
  told.outcomes = [compared('one', 'regressed', 1.3), compared('other', 'unchanged')];
});

describe('a benchmark in quarantine', () => {
  it.each(PATHS)('that is %s never fails the run, and is shown', async (_, outcome) => {
    told.outcomes = [outcome, compared('other', 'unchanged')];
    const ws = project();
    const { report, folder } = await ws.run({ base }, 25, {}, LAST_DAY);
    const verdict = report.subjects[0]?.verdict;
    expect(report.verdict).toBe('passed');
    expect(report.summary).toContain(`1 of 2 benchmarks in quarantine: one (${verdict})`);
    expect(findingOf(report, 'bench/quarantined')).toMatchObject({
      severity: 'info',
      subject: ONE,
      owner: '@team-search',
      message: `${ONE} is in quarantine until the end of 2026-06-30, so that '${verdict}' does not count (owner @team-search: needs a quiet disk).`,
    });
    const unwaived = report.findings.filter(({ severity, waiver }) => severity === 'error' && !waiver);
    expect(unwaived).toEqual([]);
    const markdown = readFileSync(join(ws.root, folder, 'report.md'), 'utf8');
    expect(markdown).toMatch(/^\| ~ \| `src\/a\.bench\.ts › one` .*; in quarantine until 2026-06-30 \|$/m);

    const expired = await ws.run({ base }, 25, {}, DAY_AFTER);
    expect(expired.report.verdict).toBe('failed');
    expect(findingOf(expired.report, 'bench/quarantine-expired').severity).toBe('error');
  });

  it('holds no other, and none where nothing is compared', async () => {
    const ws = project();
    told.outcomes = [compared('one', 'regressed', 1.3), compared('other', 'regressed', 1.3)];
    expect((await ws.run({ base }, 25, {}, LAST_DAY)).report.verdict).toBe('failed');
    told.outcomes = [measured, { ...measured, subject: 'src/a.bench.ts › other', title: 'other' }];
    const alone = await ws.run({}, 25, {}, LAST_DAY);
    expect(alone.report.verdict).toBe('passed');
    expect(findingOf(alone.report, 'bench/quarantined').message).toContain("'measured' does not count");
  });

  it('may be named by its id, whatever that would be as a regular expression', async () => {
    const id = 'src/a.bench.ts › one (x';
    told.outcomes = [{ ...compared('one', 'regressed', 1.3), subject: id }];
    const { report } = await project([{ ...ENTRY, benchmark: id }]).run({ base }, 25, {}, LAST_DAY);
    expect([report.verdict, findingOf(report, 'bench/quarantined').subject]).toEqual(['passed', id]);
  });
});

describe('an entry that does not hold', () => {
  const cases = [
    ['expired', { ...ENTRY, expires: '2026-06-29' }, "of '› one$' in assay/bench.json expired on 2026-06-29"],
    [
      'a day that is none',
      { ...ENTRY, expires: '2026-02-30' },
      "'› one$' in assay/bench.json is malformed: expires:",
    ],
    ['no owner', { ...ENTRY, owner: ' ' }, 'is malformed: owner: it needs an owner'],
    ['no reason', { ...ENTRY, reason: undefined }, 'is malformed: reason:'],
    ['another field', { ...ENTRY, until: 'x' }, 'is malformed: the whole: Unrecognized key: "until"'],
    ['a text', 'one', 'something (entry 1) in assay/bench.json is malformed'],
    ['nothing', null, 'something (entry 1) in assay/bench.json is malformed'],
  ] as const;

  it.each(cases)('(%s) is an error, and what it names counts', async (_, entry, message) => {
    const { report } = await project([entry]).run({ base }, 25, {}, LAST_DAY);
    expect(report.verdict).toBe('failed');
    expect(report.findings.map(({ id }) => id)).not.toContain('bench/quarantined');
    expect(findingOf(report, 'bench/regressed').waiver).toBeUndefined();
    expect(findingOf(report, 'bench/quarantine-expired')).toMatchObject({
      severity: 'error',
      message: expect.stringContaining(message),
      remedy: expect.stringContaining('"expires"'),
    });
  });

  it('is told where nothing is measured, since the inputs equal the base', async () => {
    const ws = project([ENTRY, { ...ENTRY, benchmark: 'gone' }]);
    ws.commit();
    const before = await ws.run({ base }, 25, {}, LAST_DAY);
    expect([before.report.verdict, before.report.subjects]).toEqual(['passed', []]);
    expect(findingOf(before.report, 'bench/quarantined').message).toContain('and was not measured');
    expect(findingOf(before.report, 'bench/quarantine-unmatched').severity).toBe('warning');
    const after = await ws.run({ base }, 25, {}, DAY_AFTER);
    expect([after.report.verdict, after.report.subjects]).toEqual(['failed', []]);
    const told = after.report.findings.filter(({ id }) => id === 'bench/quarantine-expired');
    expect(new Set(told.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('is told where the run stops before it measures', async () => {
    const { report } = await project().run({ base: { state: 'ref', ref: 'nope' } }, 25, {}, DAY_AFTER);
    expect(report.findings.map(({ id }) => id)).toEqual(['git/no-such-ref', 'bench/quarantine-expired']);
  });

  it('and is no list at all, is a mistake in the file', async () => {
    const ws = project();
    ws.write({ 'libs/it/assay/bench.json': '{ "quarantine": "one" }' });
    const { report } = await ws.run({ base }, 25, {}, LAST_DAY);
    expect(findingOf(report, 'bench/config-invalid').message).toContain('quarantine');
  });
});

describe('an entry that names nothing', () => {
  const odd = { ...ENTRY, benchmark: 'no such' };

  it('is a warning, where all benchmarks are known', async () => {
    const { report } = await project([odd]).run({ base }, 25, {}, LAST_DAY);
    expect(findingOf(report, 'bench/quarantine-unmatched')).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining(
        "'no such' in assay/bench.json (owner @team-search) names no benchmark",
      ),
      remedy: expect.stringContaining('--list'),
    });
    told.complete = false;
    const partly = await project([odd]).run({ base }, 25, {}, LAST_DAY);
    told.complete = true;
    expect(partly.report.findings.map(({ id }) => id)).not.toContain('bench/quarantine-unmatched');
  });

  it('is none where a filter leaves out what it names', async () => {
    const { report } = await project().run({ base, filter: 'other' }, 25, {}, LAST_DAY);
    expect(report.verdict).toBe('passed');
    expect(report.findings.map(({ id }) => id)).toEqual(['bench/quarantined']);
  });
});

describe('too few benchmarks', () => {
  it('are a finding on every path, and those in quarantine do not count', async () => {
    const ws = project([ENTRY], { minBenchmarks: 2 });
    const { report } = await ws.run({ base }, 25, {}, LAST_DAY);
    expect([report.verdict, findingOf(report, 'bench/few-benchmarks')]).toEqual([
      'passed',
      expect.objectContaining({
        severity: 'warning',
        message: expect.stringContaining(
          'it has 1 benchmark that counts, beside 1 in quarantine, and policy wants 2',
        ),
        remedy: expect.stringContaining('npx nx g nx-assay:bench it'),
      }),
    ]);
    ws.commit();
    const identical = await ws.run({ base }, 25, {}, LAST_DAY);
    expect(identical.report.summary).toContain('identical');
    expect(findingOf(identical.report, 'bench/few-benchmarks').message).toContain('policy wants 2');
  });

  it('are what policy says they are', async () => {
    const error = await project([], { minBenchmarksSeverity: 'error' }).run({ base }, 25, {}, LAST_DAY);
    expect(findingOf(error.report, 'bench/few-benchmarks').message).toContain(
      'has 2 benchmarks, and policy wants 3',
    );
    expect(error.report.verdict).toBe('failed');
    const none = await project([], { minBenchmarks: 2 }).run({ base }, 25, {}, LAST_DAY);
    expect(none.report.findings.map(({ id }) => id)).not.toContain('bench/few-benchmarks');
  });
});

it('--list names who is in quarantine, and fails on an entry that expired', async () => {
  const ws = project([ENTRY, { ...ENTRY, benchmark: 'other', expires: '2026-07-31' }], {});
  const request = {
    workspaceRoot: ws.root,
    ...{
      project: { name: 'it', root: 'libs/it', tags: [] },
      dependencies: [],
      inputs: [],
      target: 'it:bench',
    },
    ...{ configuration: '', base: { state: 'none' as const }, list: true, updateBaseline: false, aa: false },
    ...{ force: false, filter: 'other' },
  };
  const { signal } = new AbortController();
  const effects = {
    run: runProcess,
    clock: () => 0,
    now: () => DAY_AFTER,
    env: {},
    progress: () => {},
    signal,
  };
  const { benchmarks, findings } = await listBenchmarks(request, effects);
  expect(benchmarks.map(({ id, quarantined }) => [id, quarantined])).toEqual([
    [
      'src/a.bench.ts › other',
      { owner: '@team-search', expires: '2026-07-31', reason: 'needs a quiet disk.' },
    ],
  ]);
  expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
    ['bench/quarantine-expired', 'error'],
    ['bench/few-benchmarks', 'warning'],
  ]);
});
