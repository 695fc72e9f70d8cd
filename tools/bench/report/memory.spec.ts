import { describe, expect, it } from 'vitest';
import { judge } from '../../compare/judge/judge.ts';
import { judgePolicy } from '../../compare/policy.ts';
import { exactly, memorySamples } from '../../compare/synthetic/memory.ts';
import { MEMORY_FIGURES, type MemoryFigureKind } from '../../harnesses/memory-figures.ts';
import { reportSchema } from '../../kernel/report/schema.ts';
import { renderMarkdown } from '../../views/markdown/report.ts';
import { renderTerminal } from '../../views/terminal/report.ts';
import { extraFigures } from '../measure/extras.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { assembleReport } from './assemble.ts';

type Told = Partial<Record<MemoryFigureKind, readonly [base: number, head: number]>>;

/** A benchmark whose processes told these figures, judged as in a run. */
function outcome(title: string, told: Told, time = 1): BenchmarkOutcome {
  const figures = (Object.keys(told) as MemoryFigureKind[]).map((kind) => {
    const [base, head] = told[kind] ?? [0, 0];
    return { ...MEMORY_FIGURES[kind], base: exactly(base), head: exactly(head) };
  });
  const subject = `src/a.bench.ts › ${title}`;
  const samples = { ...memorySamples(figures, { main: 16, confirm: 13 }, { time }), subject };
  return {
    ...{ state: 'compared', subject, title, file: 'libs/a/src/a.bench.ts', line: 3, samples },
    ...{ judgement: judge(samples, judgePolicy()), extras: extraFigures(samples) },
  };
}

function report(...outcomes: readonly BenchmarkOutcome[]) {
  const built = assembleReport({
    context: { capability: 'bench', project: 'a', target: 'a:bench', baseRef: 'a'.repeat(40) },
    run: {
      ...{ id: 'r', target: 'a:bench', configuration: '', mode: 'compare', attempt: 1, branch: '', ci: '' },
      shard: { index: 1, of: 1 },
    },
    settings: { mode: 'enforce', judge: judgePolicy(), config: {} },
    ...{ outcomes, findings: [], samplesArtifact: 's.json', artifacts: [] },
    environment: {
      ...{ machine: 'm', cpu: 'c', cores: 2, os: 'linux', runtimes: {}, tools: {}, commit: 'b'.repeat(40) },
      ...{ dirty: false, taskHash: '', startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1 },
    },
  });
  expect(reportSchema.parse(JSON.parse(JSON.stringify(built)))).toEqual(built);
  return built;
}

const MORE = outcome('parse', { bytes: [48, 72], allocations: [1, 2], peak: [50e6, 50e6] });

describe('a benchmark that regressed in memory alone', () => {
  const made = report(MORE);

  it('is a regression that names its metrics', () => {
    expect(made.verdict).toBe('failed');
    expect(made.subjects).toMatchObject([
      {
        verdict: 'regressed',
        decidedBy: [
          'src/a.bench.ts › parse#allocated bytes per operation',
          'src/a.bench.ts › parse#allocations per operation',
        ],
      },
    ]);
    expect(made.summary).toBe('1 of 1 benchmark regressed: parse 48 B/op → 72 B/op (+50.0 %)');
  });

  it('has a metric for each figure, with its comparison', () => {
    const [bytes, ...more] = made.metrics.filter(({ witness }) => witness !== 'wall');
    expect(more.map(({ name, unit, comparisons }) => [name, unit, comparisons[0]?.verdict])).toEqual([
      ['allocations per operation', 'allocs/op', 'regressed'],
      ['peak memory', 'bytes', 'unchanged'],
    ]);
    expect(bytes).toMatchObject({
      ...{
        name: 'allocated bytes per operation',
        unit: 'B/op',
        value: 72,
        interval: [72, 72],
        state: 'measured',
      },
      samples: { processes: 58, perProcess: 1 },
      comparisons: [
        {
          ...{ against: 'base', value: 48, margin: 0.1, least: 16, pairs: 29, confirmed: true },
          difference: { value: 24, interval: [24, 24] },
          verdict: 'regressed',
        },
      ],
    });
  });

  it('is told with its figures, how it is known, and what to do', () => {
    const [finding, ...others] = made.findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ id: 'bench/regressed', severity: 'error', location: { line: 3 } });
    expect(finding?.message).toMatch(
      /^parse allocates 24 B\/op more than on aaaaaaaaa: 48 B\/op → 72 B\/op \(\+50\.0 %\), 99 % interval \+50\.0 % to \+50\.0 %, p = [\d.e-]+ where 0\.000025 was allowed, 29 pairs of fresh processes, confirmed by a second batch\. So do others: allocations per operation 1 allocs\/op → 2 allocs\/op \(\+100\.0 %\)\. No change of its time was shown\.$/,
    );
    expect(finding?.remedy).toContain('"memoryMargin"');
    expect(finding?.reproduce?.slice(0, 5)).toEqual(['npx', 'nx', 'run', 'a:bench', '--base=aaaaaaaaaaaa']);
  });

  it('is shown by what decided', () => {
    const line = renderTerminal(made, { width: 160, colour: false })
      .split('\n')
      .find((one) => one.startsWith('✗  src'));
    expect(line?.replace(/ {2,}/g, ' | ')).toBe(
      '✗ | src/a.bench.ts › parse | 48 B | 72 B | +50.0 % | [+50.0, +50.0] | – | regressed (B/op); allocs/op regressed',
    );
    expect(renderMarkdown(made).text).toContain(
      '| ✗ | `src/a.bench.ts › parse` | 48 B | 72 B | **+50.0 %** | [+50.0, +50.0] | – | regressed (B/op); allocs/op regressed |',
    );
  });
});

describe('from nothing to something', () => {
  const made = report(outcome('sum', { allocations: [0, 1] }));

  it('is said in amounts, since there is no ratio', () => {
    expect(made.summary).toBe('1 of 1 benchmark regressed: sum 0 allocs/op → 1 allocs/op');
    expect(made.findings[0]?.message).toContain(
      'sum makes 1 allocs/op more than on aaaaaaaaa: 0 allocs/op → 1 allocs/op, from or to nothing, so that there is no ratio, p = ',
    );
    expect(made.metrics.find(({ unit }) => unit === 'allocs/op')?.comparisons[0]?.change).toBeUndefined();
  });

  it('is shown in amounts', () => {
    const text = renderTerminal(made, { width: 160, colour: false });
    expect(text).toContain('+1 allocs/op  [+1 allocs/op, +1 allocs/op]');
    expect(text).not.toMatch(/NaN|Infinity/);
  });
});

it('memory that regressed beside time is a finding of its own', () => {
  const made = report(outcome('parse', { peak: [50e6, 80e6] }, 1.3));
  const row = renderTerminal(made, { width: 160, colour: false });
  expect(row).toContain('regressed; mean, peak memory regressed');
  expect(made.subjects[0]?.decidedBy.at(-1)).toBe('src/a.bench.ts › parse#peak memory');
  expect(made.findings.map(({ message }) => message.replace(/ than .*/, ''))).toEqual([
    'parse takes 29.8 % more time',
    'parse needs 28.6 MiB more memory at its peak',
  ]);
  expect(new Set(made.findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

it('memory that improved is said, and memory that stayed says nothing', () => {
  expect(report(outcome('parse', { bytes: [4096, 1024] })).summary).toBe(
    '1 improved: parse 4096 B/op → 1024 B/op (−75.0 %)',
  );
  const same = report(outcome('parse', { bytes: [4096, 4100], allocations: [3, 3] }));
  expect([same.summary, same.findings.length]).toEqual(['1 unchanged within 5 %', 0]);
});
