import { describe, expect, it } from 'vitest';
import type { ProcessRequest, ProcessResult } from '../process/types.ts';
import type { Comparison, Metric, Subject } from '../report/schema.ts';
import { entryFor } from './accept.ts';
import { parseAccepted, withEntry } from './accepted-file.ts';
import type { AcceptedEntry } from './accepted-schema.ts';
import { applyAccepted, type Judged } from './apply-accepted.ts';
import { authorOf } from './author.ts';
import { boundOf, boundText, standingOf } from './bounds.ts';
import { expiredEntries, hasExpired, isDay } from './expiry.ts';
import { resolveSubject } from './resolve-subject.ts';

const entry: AcceptedEntry = {
  ...{
    capability: 'bench',
    subject: 's',
    against: 'base',
    base: 'b',
    bounds: [{ metric: 'floor', witness: 'wall', ratio: 1.1 }],
  },
  ...{ reason: 'r', author: 'a', date: '2026-01-31' },
};

function metric(name: string, better: Metric['better'], comparison: Partial<Comparison>, value = 1): Metric {
  const whole: Comparison = { against: 'base', ref: 'x', verdict: 'regressed', ...comparison };
  return {
    ...{
      id: `s#${name}`,
      subject: 's',
      name,
      labels: {},
      unit: 'B',
      better,
      witness: 'wall',
      statistic: name,
    },
    ...{ state: 'measured', value, comparisons: [whole] },
  };
}

function worsening(better: Metric['better'], [low, high]: [number, number], name = 'floor') {
  const made = metric(name, better, { change: { ratio: (low + high) / 2, interval: [low, high] } });
  return { metric: made, comparison: made.comparisons[0] as Comparison };
}

describe('a bound', () => {
  it('is the far end of the interval, rounded outwards', () => {
    expect(boundOf(worsening('lower', [1.06, 1.09401]))).toEqual({
      metric: 'floor',
      witness: 'wall',
      ratio: 1.0941,
      seen: 1.077,
    });
    expect(boundOf(worsening('higher', [0.90509, 0.96]))).toMatchObject({ ratio: 0.905 });
    expect(boundOf(worsening('lower', [1.06, 1.09])).ratio).toBe(1.09);
  });

  it('is a value with its unit where nothing relative is known', () => {
    const made = {
      ...metric('gzip', 'lower', { against: 'budget', verdict: 'over' }, 2048),
      interval: undefined,
    };
    const bound = boundOf({ metric: made as Metric, comparison: made.comparisons[0] as Comparison });
    expect([bound, boundText(bound)]).toEqual([
      { metric: 'gzip', witness: 'wall', value: 2048, unit: 'B', seen: 2048 },
      '2048 B',
    ]);
  });

  it.each([
    ['lower', [1.02, 1.08], 1.1, 'within'],
    ['lower', [1.09, 1.3], 1.1, 'within'],
    ['lower', [1.11, 1.3], 1.1, 'beyond'],
    ['higher', [0.8, 0.91], 0.9, 'within'],
    ['higher', [0.7, 0.89], 0.9, 'beyond'],
    ['lower', [Number.NaN, Number.NaN], 1.1, 'beyond'],
  ] as const)('%s is better, %j against %d: %s', (better, [low, high], ratio, state) => {
    const against = { ...entry, bounds: [{ metric: 'floor', ratio }] };
    expect(standingOf(worsening(better, [low, high]), against).state).toBe(state);
  });

  it('of another metric holds where the entry does not name this one, the widest of them', () => {
    const bounds = [
      { metric: 'floor', witness: 'wall', ratio: 1.1 },
      { metric: 'median', witness: 'wall', ratio: 1.3 },
      { metric: 'by hand', ratio: 9 },
    ];
    const state = (low: number, name: string) =>
      standingOf(worsening('lower', [low, 2], name), { ...entry, bounds }).state;
    expect([state(1.2, 'floor'), state(1.2, 'median'), state(1.2, 'mean'), state(1.4, 'mean')]).toEqual([
      'beyond',
      'within',
      'within',
      'beyond',
    ]);
    const of = (witness: string, name: string) => {
      const { metric, comparison } = worsening('lower', [1.2, 2], name);
      return standingOf({ metric: { ...metric, witness }, comparison }, { ...entry, bounds }).state;
    };
    expect([of('instructions', 'count'), of('allocations', 'allocs'), of('x', 'by hand')]).toEqual([
      ...['within', 'unbounded', 'within'],
    ]);
    const absolute = { ...entry, bounds: [{ metric: 'floor', value: 5, unit: 'ns' }] };
    expect(standingOf(worsening('lower', [1, 2]), absolute).state).toBe('unbounded');
  });
});

describe('any capability', () => {
  const budget = metric('gzip', 'lower', { against: 'budget', content: 'c1', verdict: 'over' }, 2048);
  const judged: Judged = {
    ...{ capability: 'size-budget', project: 'p', metrics: [budget] },
    run: {
      id: '',
      target: '',
      configuration: '',
      mode: 'check',
      attempt: 1,
      shard: { index: 1, of: 1 },
      branch: '',
      ci: '',
    },
    subjects: [{ id: 's', title: 's', verdict: 'over', decidedBy: ['s#gzip'] }],
    findings: [
      {
        id: 'size-budget/over',
        fingerprint: 'f',
        severity: 'error',
        message: 'm',
        remedy: 'r',
        subject: 's',
      },
    ],
  };
  const by = { reason: 'a new font', author: 'Ann', now: new Date('2026-01-31T12:00:00Z') };
  const context = { rules: { budget: 'size-budget/over' }, file: 'f.json', whole: true };

  it('has what it found accepted, and told beyond the bound', () => {
    const made = entryFor(judged, judged.subjects[0] as Subject, by);
    expect(made).toMatchObject({ against: 'budget', base: 'c1', bounds: [{ value: 2048, unit: 'B' }] });
    const findings = applyAccepted(judged, [made], context);
    expect(findings.map(({ id, waiver }) => [id, waiver?.kind])).toEqual([
      ['size-budget/over', 'accepted'],
      ['size-budget/accepted', undefined],
    ]);
    const larger = { ...judged, metrics: [{ ...budget, value: 2049 }] };
    expect(applyAccepted(larger, [made], context).map(({ id, waiver }) => [id, waiver?.kind])).toEqual([
      ['size-budget/over', undefined],
      ['size-budget/accepted-exceeded', undefined],
    ]);
  });

  it('says the same where it is asked twice, and nothing of entries of others', () => {
    const made = entryFor(judged, judged.subjects[0] as Subject, by);
    const once = applyAccepted(judged, [made], context);
    expect(applyAccepted({ ...judged, findings: once }, [made], context)).toEqual(once);
    expect(applyAccepted({ ...judged, findings: once }, [entry], context)).toEqual(judged.findings);
  });
});

describe('resolveSubject', () => {
  const subject = (id: string, verdict: Subject['verdict']): Subject => ({
    ...{ id, title: id.split(' › ').at(-1) as string, verdict, decidedBy: [] },
  });
  const subjects = [
    subject('a › parse', 'unchanged'),
    subject('a › parse long (x', 'regressed'),
    subject('b › parse', 'regressed'),
    subject('b › sum', 'regressed'),
    subject('b › summit', 'unchanged'),
  ];

  it.each([
    ['a › parse', 'a › parse'],
    ['parse', 'b › parse'],
    ['long', 'a › parse long (x'],
    ['long (x', 'a › parse long (x'],
    ['^b › s', 'b › sum'],
    ['mmit$', 'b › summit'],
  ])('%s is %s', (text, id) => {
    expect(resolveSubject(subjects, text).id).toBe(id);
  });

  it.each([
    ['nope', 'accepted/unknown-subject', ["'a › parse long (x'", "'b › sum'"]],
    ['', 'accepted/unknown-subject', ["'b › sum'"]],
    ['p.*', 'accepted/ambiguous-subject', ["'a › parse long (x'", "'b › parse'"]],
  ])('%j is %s', (text, code, named) => {
    for (const name of named) {
      expect(() => resolveSubject(subjects, text)).toThrow(
        expect.objectContaining({ code, message: expect.stringContaining(name) }),
      );
    }
  });
});

it('replaces an entry for the same thing, leaves out stale ones and keeps the order', () => {
  const of = (subject: string, reason: string, capability = 'bench') => ({
    ...entry,
    subject,
    reason,
    capability,
  });
  const file = { $schema: 'x', accepted: [of('b', '1', 'slo'), of('b', '1'), of('c', 'stale')] };
  const made = withEntry(file, of('b', '2'), ({ reason }) => reason === 'stale');
  expect(made.$schema).toBe('x');
  expect(made.accepted.map(({ capability, subject, reason }) => [capability, subject, reason])).toEqual([
    ['bench', 'b', '2'],
    ['slo', 'b', '1'],
  ]);
  const again = withEntry(made, of('a', '3'), () => false);
  expect(again.accepted.map(({ subject }) => subject)).toEqual(['a', 'b', 'b']);
});

it('reads an entry without `against` as one against the base', () => {
  const { against: _, ...rest } = entry;
  expect(parseAccepted(JSON.stringify({ accepted: [rest] }), 'f').accepted).toEqual([entry]);
  for (const wrong of [{ date: '2026-02-30' }, { reason: ' ' }, { bounds: [{ metric: 'm', ratio: -1 }] }]) {
    expect(() => parseAccepted(JSON.stringify({ accepted: [{ ...rest, ...wrong }] }), 'f')).toThrow(
      expect.objectContaining({ code: 'accepted/invalid' }),
    );
  }
});

describe('a day', () => {
  it('is one of the calendar, and holds to its end', () => {
    expect(['2026-02-28', '2028-02-29', '2026-02-29', '2026-13-01', '2026-1-1', 20260101].map(isDay)).toEqual(
      [...[true, true, false, false, false, false]],
    );
    expect([hasExpired('2026-06-30', '2026-06-30'), hasExpired('2026-06-30', '2026-07-01')]).toEqual([
      false,
      true,
    ]);
  });

  it('changes what has expired on the day an entry ends, and on no other', () => {
    const ends = ['2026-01-10', '2026-01-20', 'never', undefined];
    const text = `\uFEFF${JSON.stringify({ quarantine: [...ends.map((expires) => ({ expires })), null] })}`;
    const on = (day: string) => expiredEntries(text, day);
    expect([
      on('2026-01-01'),
      on('2026-01-10'),
      on('2026-01-11'),
      on('2026-01-20'),
      on('2027-01-01'),
    ]).toEqual([...['', '', '0', '0', '0,1']]);
    expect(['{', '[]', 'null', '{"quarantine":{}}'].map((odd) => expiredEntries(odd, '2026-01-01'))).toEqual([
      ...['', '', '', ''],
    ]);
  });
});

describe('authorOf', () => {
  const git = (known: Readonly<Record<string, string>>) => ({
    cwd: '/',
    run: async ({ args = [] }: ProcessRequest): Promise<ProcessResult> => {
      const value = known[args.at(-1) as string];
      const stdout = value === undefined ? '' : `${value}\n`;
      const code = value === undefined ? 1 : 0;
      return { state: 'exited', code, stdout, stderr: '', truncated: false, durationMs: 0 } as ProcessResult;
    },
  });
  const ann = { 'user.name': 'Ann', 'user.email': 'ann@x' };

  it.each([
    [ann, {}, 'Ann <ann@x>'],
    [ann, { GIT_AUTHOR_NAME: 'Bob', GITHUB_ACTOR: 'octo' }, 'Bob <ann@x>'],
    [{ 'user.name': 'Ann' }, {}, 'Ann'],
    [{}, { GITHUB_ACTOR: 'octo' }, 'octo'],
    [{}, { GITLAB_USER_LOGIN: ' ann\n' }, 'ann'],
  ])('%j, %j: %s', async (known, env, author) => {
    expect(await authorOf(git(known), env)).toBe(author);
  });

  it('does not make one up', async () => {
    await expect(authorOf(git({}), { CI: 'true' })).rejects.toMatchObject({
      code: 'accepted/author-missing',
      remedy: expect.stringContaining('git config user.name'),
    });
  });
});
