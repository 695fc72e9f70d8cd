import { describe, expect, it } from 'vitest';
import { judgePolicy } from '../../compare/policy.ts';
import { reportSchema } from '../../kernel/report/schema.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { assembleReport } from './assemble.ts';
import { compared, samples } from './fixtures/outcomes.ts';
import { goBenchmarkText } from './go-format.ts';

const environment = {
  machine: 'm',
  cpu: 'c',
  cores: 2,
  os: 'linux',
  runtimes: {},
  tools: {},
  commit: 'b'.repeat(40),
  dirty: false,
  taskHash: '',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
};

function report(outcomes: readonly BenchmarkOutcome[], config: object = {}) {
  const built = assembleReport({
    context: { capability: 'bench', project: 'a', target: 'a:bench', baseRef: 'a'.repeat(40) },
    run: {
      id: 'r',
      target: 'a:bench',
      configuration: '',
      mode: 'compare',
      attempt: 1,
      shard: { index: 1, of: 1 },
      branch: '',
      ci: '',
    },
    settings: { mode: 'enforce', judge: judgePolicy(), config },
    outcomes,
    findings: [],
    environment,
    samplesArtifact: 's.json',
    artifacts: [],
  });
  expect(reportSchema.parse(built)).toEqual(built);
  return built;
}

const origin = { subject: 'f › x', title: 'x', file: 'f' };

describe('the verdict of a Report', () => {
  it.each([
    [[compared('a', 'unchanged')], 'passed'],
    [[compared('a', 'improved', 0.9)], 'passed'],
    [[compared('a', 'unchanged'), compared('b', 'inconclusive', 1.1)], 'inconclusive'],
    [[compared('a', 'inconclusive'), compared('b', 'regressed', 1.1)], 'failed'],
    [[{ ...origin, state: 'failed', side: 'head', reason: 'threw' }], 'failed'],
    [[{ ...origin, state: 'skipped', reason: 'it.skip' }], 'skipped'],
    [[{ ...origin, state: 'identical' }], 'passed'],
    [[{ ...origin, state: 'inconclusive', reason: 'no time' }], 'inconclusive'],
  ] as [BenchmarkOutcome[], string][])('%# is %s', (outcomes, verdict) => {
    expect(report(outcomes).verdict).toBe(verdict);
  });
});

describe('what a Report says', () => {
  it('sums up in one line', () => {
    const { summary } = report([
      compared('parse', 'regressed', 1.081),
      compared('format', 'unchanged'),
      compared('sum', 'inconclusive', 1.02),
    ]);
    expect(summary).toBe(
      '1 of 3 benchmarks regressed: parse +8.1 % [7.1, 9.1]; 1 of 3 benchmarks inconclusive: sum; 1 unchanged within 5 %',
    );
  });

  it('tells a regression with its figures, how to see it again and how to mend it', () => {
    const [finding] = report([compared('parse (long)', 'regressed', 1.081)]).findings;
    expect(finding).toMatchObject({
      id: 'bench/regressed',
      severity: 'error',
      location: { file: 'libs/a/src/a.bench.ts', line: 3 },
      reproduce: [
        'npx',
        'nx',
        'run',
        'a:bench',
        '--base=aaaaaaaaaaaa',
        '--filter=^src/a\\.bench\\.ts › parse \\(long\\)$',
      ],
    });
    expect(finding?.message).toBe(
      'parse (long) takes 8.1 % more time than on aaaaaaaaa: 100 ns → 108 ns, 99 % interval +7.1 % to +9.1 %, p = 0.00010 where 0.00025 was allowed, 20 pairs of fresh processes, confirmed by a second batch.',
    );
  });

  it('keys a finding on project, rule and subject, not on line or figures', () => {
    const fingerprint = (outcome: BenchmarkOutcome) => report([outcome]).findings[0]?.fingerprint;
    const first = fingerprint(compared('a', 'regressed', 1.1));
    expect(fingerprint({ ...compared('a', 'regressed', 1.3), line: 99 })).toBe(first);
    expect(fingerprint(compared('b', 'regressed', 1.1))).not.toBe(first);
  });

  it('says that a benchmark is mostly its loop', () => {
    const outcome = compared('tiny', 'unchanged');
    const tiny = { ...outcome, samples: { ...outcome.samples, overheadNs: 50 } };
    expect(report([tiny]).findings.map(({ id }) => id)).toEqual(['bench/faster-than-loop']);
  });
});

describe('absolute budgets', () => {
  const budgets = (max: string, severity = 'error') => ({ budgets: [{ benchmark: 'parse', max, severity }] });

  it.each([
    ['50ns', 'over', 'failed'],
    ['100ns', 'inconclusive', 'inconclusive'],
    ['1us', 'unchanged', 'passed'],
  ])('of %s: %s, %s', (max, subject, verdict) => {
    const built = report([compared('parse', 'unchanged'), compared('other', 'unchanged')], budgets(max));
    expect([built.subjects[0]?.verdict, built.subjects[1]?.verdict, built.verdict]).toEqual([
      subject,
      'unchanged',
      verdict,
    ]);
  });

  it('only warns where told so', () => {
    const built = report([compared('parse', 'unchanged')], budgets('50ns', 'warning'));
    expect(built.verdict).toBe('passed');
    expect(built.findings).toMatchObject([{ id: 'bench/over-budget', severity: 'warning' }]);
  });

  it('never hides a regression', () => {
    expect(report([compared('parse', 'regressed', 1.2)], budgets('1s')).subjects[0]?.verdict).toBe(
      'regressed',
    );
  });

  it('refuses a unit that it does not know', () => {
    expect(() => report([compared('parse', 'unchanged')], budgets('5 parsecs'))).toThrow(
      expect.objectContaining({ code: 'bench/unknown-unit' }),
    );
  });
});

it('writes samples in Go’s benchmark format, one line a process, without the pilot', () => {
  const text = goBenchmarkText(
    [samples('src/a.bench.ts › parse [long line]', [[10, 20], [30]], [[5]])],
    'head',
    {
      pkg: 'a',
    },
  );
  expect(text).toBe(
    [
      'pkg: a',
      'BenchmarkSrc_a.bench.ts/parse_[long_line] 20 15.000000 ns/op 10.000000 floor-ns/op 3 allocs/op',
      'BenchmarkSrc_a.bench.ts/parse_[long_line] 10 30.000000 ns/op 30.000000 floor-ns/op 3 allocs/op',
      '',
    ].join('\n'),
  );
});
