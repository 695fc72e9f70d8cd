import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { told } from './fixtures/told.ts';
import {
  type BenchWorkspace,
  benchSource,
  findingOf,
  policy,
  removeWorkspaces,
  verdicts,
  workSource,
  workspace,
} from './fixtures/workspace.ts';
import type { BenchmarkOutcome } from './outcome.ts';
import { compared } from './report/fixtures/outcomes.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
vi.mock('./measure/measure-project.ts', () => import('./fixtures/told.ts'));
afterAll(removeWorkspaces);

const FILE = 'libs/it/assay/accepted.json';
const ONE = 'src/a.bench.ts › one';
const FILES = {
  'assay/policy.json': policy(2, { minBenchmarks: 0 }),
  'libs/it/src/work.js': workSource(),
  'libs/it/src/a.bench.ts': benchSource('one', 'other'),
};
const base = { state: 'ref', ref: 'HEAD' } as const;
const accept = { subject: 'one', reason: 'it counts\n more. ' };

beforeEach(() => {
  told.outcomes = [compared('one', 'regressed', 1.08), compared('other', 'unchanged')];
});

function accepted(ws: BenchWorkspace): readonly Record<string, unknown>[] {
  return JSON.parse(readFileSync(join(ws.root, FILE), 'utf8')).accepted;
}

function slowed(files: Readonly<Record<string, string>> = {}): BenchWorkspace {
  const ws = workspace({ ...FILES, ...files });
  ws.commit();
  ws.git('config', 'user.name', 'Ann');
  ws.git('config', 'user.email', 'ann@example.com');
  ws.write({ 'libs/it/src/work.js': workSource(3) });
  return ws;
}

describe('a regression', () => {
  it('is accepted up to the interval of the Report, and passes then', async () => {
    const ws = slowed();
    const seen = await ws.run({ base });
    expect(seen.report).toMatchObject({ verdict: 'failed', run: { pair: expect.any(String) } });
    expect(findingOf(seen.report, 'bench/regressed').remedy).toMatch(
      /have it reviewed: npx nx run it:bench --base=\w{12} --accept=one --reason='…'\.$/,
    );

    told.outcomes = [];
    const done = await ws.run({ base, accept });
    expect(done.steps.at(-1)).toMatch(
      /^accepted one up to \+9\.0 %, the far end of its interval in the Report of .* UTC; wrote .*accepted\.json; commit it$/,
    );
    expect(done.report).toMatchObject({ verdict: 'passed', run: seen.report.run });
    expect(accepted(ws)).toEqual([
      {
        capability: 'bench',
        subject: ONE,
        against: 'base',
        base: seen.report.run.baseContent,
        bounds: [{ metric: 'wall-floor', witness: 'wall', ratio: 1.09, seen: 1.08 }],
        reason: 'it counts more.',
        author: 'Ann <ann@example.com>',
        date: new Date().toISOString().slice(0, 10),
      },
    ]);

    told.outcomes = [compared('one', 'regressed', 1.098), compared('other', 'unchanged')];
    const { report, folder } = await ws.run({ base });
    expect(report).toMatchObject({
      verdict: 'passed',
      summary: '1 of 2 benchmarks regressed and accepted: one +9.8 % [8.8, 10.8]; 1 unchanged within 5 %',
    });
    expect(verdicts(report)).toEqual({ [ONE]: 'regressed', 'src/a.bench.ts › other': 'unchanged' });
    expect(findingOf(report, 'bench/regressed')).toMatchObject({
      severity: 'error',
      waiver: { kind: 'accepted', owner: 'Ann <ann@example.com>', reason: 'it counts more.' },
    });
    const { date } = accepted(ws)[0] as { date: string };
    expect(findingOf(report, 'bench/accepted')).toMatchObject({
      severity: 'info',
      message: `${ONE} got worse by +9.8 % [+8.8, +10.8], and up to +9.0 % is accepted (Ann <ann@example.com>, ${date}: it counts more).`,
      remedy: expect.stringContaining(FILE),
    });
    const markdown = readFileSync(join(ws.root, folder, 'report.md'), 'utf8');
    expect(markdown).toMatch(/^\| ~ \| `src\/a\.bench\.ts › one` .* regressed; accepted up to \+9\.0 % \|$/m);
    expect(markdown).toContain(`**waived error** \`bench/regressed\``);
  });

  it('fails beyond the bound, passes no other, and says of the entry what became of it', async () => {
    const ws = slowed();
    await ws.run({ base, accept });
    told.outcomes = [compared('one', 'regressed', 1.2), compared('other', 'unchanged')];
    const worse = await ws.run({ base });
    expect(worse.report.verdict).toBe('failed');
    expect(findingOf(worse.report, 'bench/regressed').waiver).toBeUndefined();
    expect(findingOf(worse.report, 'bench/accepted-exceeded')).toMatchObject({
      severity: 'error',
      message: expect.stringContaining('all of that interval is beyond the +9.0 % that is accepted'),
    });

    told.outcomes = [compared('one', 'regressed', 1.08), compared('other', 'regressed', 1.08)];
    const two = await ws.run({ base });
    expect([two.report.verdict, two.report.summary]).toEqual([
      'failed',
      expect.stringMatching(
        /^1 of 2 benchmarks regressed: other .*; 1 of 2 benchmarks regressed and accepted: one/,
      ),
    ]);

    told.outcomes = [compared('one', 'inconclusive', 1.08), compared('other', 'unchanged')];
    const open = await ws.run({ base });
    expect(open.report.verdict).toBe('inconclusive');
    expect(findingOf(open.report, 'bench/accepted').message).toContain('and is inconclusive in this run');

    const alone = await ws.run();
    expect(findingOf(alone.report, 'bench/accepted').message).toContain(
      'which this run did not compare it with',
    );

    told.outcomes = [compared('other', 'unchanged')];
    const gone = await ws.run({ base });
    expect(findingOf(gone.report, 'bench/accepted-stale').message).toContain(
      'nothing has this name any more',
    );
  });

  it('stops being accepted once the change is on the base', async () => {
    const ws = slowed();
    await ws.run({ base, accept });
    ws.commit();
    const merged = await ws.run({ base });
    expect(merged.report).toMatchObject({ verdict: 'passed', summary: expect.stringContaining('identical') });
    expect(findingOf(merged.report, 'bench/accepted-stale')).toMatchObject({
      severity: 'info',
      message: expect.stringMatching(/up to \+9\.0 %, no longer applies, since the base .* changed.*\(Ann/),
      remedy: expect.stringContaining(`Delete the entry from ${FILE}`),
    });
    ws.write({ 'libs/it/src/work.js': workSource(5) });
    const next = await ws.run({ base });
    expect(next.report.verdict).toBe('failed');
    expect(findingOf(next.report, 'bench/regressed').waiver).toBeUndefined();
  });

  it('is measured alone where no Report is of this pair, and a stale entry is left out', async () => {
    const ws = slowed();
    const old = {
      ...{ capability: 'bench', subject: 'src/a.bench.ts › two', base: 'another', author: 'Bob' },
      ...{ bounds: [{ metric: 'wall-floor', ratio: 1.2 }], reason: 'once', date: '2026-01-01' },
    };
    ws.write({ [FILE]: JSON.stringify({ accepted: [old, { ...old, capability: 'size-budget' }] }) });
    const { report, steps } = await ws.run({ base, accept });
    expect([report.verdict, verdicts(report)]).toEqual(['passed', { [ONE]: 'regressed' }]);
    expect(steps.at(-1)).toMatch(/in this run; wrote .*, and left out 1 that no longer applies; commit it$/);
    expect(accepted(ws).map(({ capability, subject }) => [capability, subject])).toEqual([
      ['bench', ONE],
      ['size-budget', 'src/a.bench.ts › two'],
    ]);
  });

  it('against a baseline is accepted until that is taken anew', async () => {
    const ws = slowed();
    const { samples, subject, title, file } = compared('one', 'regressed');
    const figure = { statistic: 'floor', value: 130, interval: [129, 131], confidence: 0.99 } as const;
    const measured = (content: string): BenchmarkOutcome => ({
      ...{ subject, title, file, samples, state: 'measured', figures: [figure], extras: [] },
      baseline: {
        ...{
          ratio: 1.3,
          interval: [1.2, 1.4],
          design: 'sequential',
          margin: 0.1,
          verdict: 'regressed',
          note: 'n',
        },
        ...{ file: 'libs/it/assay/bench.baseline.json', value: 100, recorded: [99, 101], content },
      },
    });
    told.outcomes = [measured('first')];
    const { report } = await ws.run({ accept });
    expect(report.verdict).toBe('passed');
    expect(accepted(ws)).toMatchObject([{ against: 'baseline', base: 'first', bounds: [{ ratio: 1.4 }] }]);
    told.outcomes = [measured('second')];
    expect((await ws.run()).report.verdict).toBe('failed');
  });
});

describe('what cannot be accepted is told before anything is measured or written', () => {
  it.each([
    [{ subject: 'one', reason: ' ' }, 'accepted/reason-missing', "'one'"],
    [{ subject: 'parse', reason: 'x' }, 'accepted/unknown-subject', ONE],
  ])('%j: %s', async (wish, code, named) => {
    const ws = slowed();
    const failed = await ws.run({ base, accept: wish }).catch((error) => error);
    expect(failed).toMatchObject({ code, message: expect.stringContaining(named) });
    expect([existsSync(join(ws.root, FILE)), existsSync(join(ws.root, '.assay'))]).toEqual([false, false]);
  });

  it('an author whom nobody names', async () => {
    const ws = slowed();
    ws.git('config', 'user.name', '');
    ws.git('config', 'user.email', '');
    await expect(ws.run({ base, accept })).rejects.toMatchObject({ code: 'accepted/author-missing' });
  });

  it.each([
    [{ subject: 'other', reason: 'x' }, 'accepted/not-regressed', 'is unchanged'],
    [
      { subject: '^src', reason: 'x' },
      'accepted/ambiguous-subject',
      "'src/a.bench.ts › one', 'src/a.bench.ts › two'",
    ],
  ])('%j, by the Report of this pair: %s', async (wish, code, named) => {
    told.outcomes = [...told.outcomes, compared('two', 'regressed', 1.1)];
    const ws = slowed();
    const { folder } = await ws.run({ base });
    const before = readFileSync(join(ws.root, folder, 'report.json'), 'utf8');
    await expect(ws.run({ base, accept: wish })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(named),
    });
    expect(existsSync(join(ws.root, FILE))).toBe(false);
    expect(readFileSync(join(ws.root, folder, 'report.json'), 'utf8')).toBe(before);
  });
});

const ENTRY = `"capability": "bench", "subject": "${ONE}", "base": "x", "reason": "r", "author": "a", "date": "2026-01-01"`;
const BOUND = '"bounds": [{ "metric": "wall-floor", "ratio": 1.1 }]';

it('a name that the Report of this pair does not know costs no measuring, whatever the filter', async () => {
  const ws = slowed();
  const { folder } = await ws.run({ base });
  const before = readFileSync(join(ws.root, folder, 'report.json'), 'utf8');
  const wish = { subject: 'nothing', reason: 'x' };
  await expect(ws.run({ base, accept: wish, filter: 'one' })).rejects.toMatchObject({
    code: 'accepted/unknown-subject',
  });
  expect(readFileSync(join(ws.root, folder, 'report.json'), 'utf8')).toBe(before);
});

it('a wish that measuring refuses is told in the Report, and forgotten by the next that is granted', async () => {
  const ws = slowed();
  told.outcomes = [compared('one', 'regressed', 1.08), compared('other', 'regressed', 1.08)];
  const refused = await ws.run({ base, accept: { subject: '^src', reason: 'x' } });
  expect(findingOf(refused.report, 'accepted/ambiguous-subject').severity).toBe('error');
  await ws.run({ base, accept: { subject: 'one', reason: 'x' } });
  const { report } = await ws.run({ base, accept: { subject: 'other', reason: 'x' } });
  expect(report.verdict).toBe('passed');
});

describe('mistakes of a hand in the file', () => {
  it.each([
    [
      'an unknown field',
      `{ "accepted": [{ ${ENTRY}, ${BOUND}, "until": "x" }] }`,
      'accepted/invalid',
      '"until"',
    ],
    ['no bounds', `{ "accepted": [{ ${ENTRY} }] }`, 'accepted/invalid', 'accepted[0].bounds'],
    [
      'a bound of nothing',
      `{ "accepted": [{ ${ENTRY}, "bounds": [{ "metric": "m" }] }] }`,
      'accepted/invalid',
      'it needs a bound',
    ],
    [
      'two of one',
      `{ "accepted": [{ ${ENTRY}, ${BOUND} }, { ${ENTRY}, ${BOUND} }] }`,
      'accepted/duplicate',
      ONE,
    ],
    [
      'a merge conflict',
      `<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n`,
      'files/conflict-markers',
      'line 1',
    ],
    ['a file cut off', '{ "accepted": [', 'files/malformed', 'line 1'],
  ])('%s fails the run, and is not written over', async (_, text, code, named) => {
    const ws = slowed({ [FILE]: text });
    const { report } = await ws.run({ base });
    expect([report.verdict, report.subjects]).toEqual(['failed', []]);
    expect(findingOf(report, code)).toMatchObject({
      severity: 'error',
      message: expect.stringContaining(named),
    });
    await expect(ws.run({ base, accept })).rejects.toMatchObject({ code });
    expect(readFileSync(join(ws.root, FILE), 'utf8')).toBe(text);
  });
});
