import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gaussian, seededRandom } from '../kernel/statistics/index.ts';
import type { JudgeRequest } from './request.ts';
import { judgeTask } from './task.ts';
import { WRITERS } from './trial-files.ts';

const random = seededRandom(42);
let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'judge-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function noisy(ns: number, n = 12): number[] {
  return Array.from({ length: n }, () => ns * Math.exp(0.01 * gaussian(random)));
}

/** Go text of some benchmarks, and configuration lines before them. */
function goText(levels: Readonly<Record<string, number>>, header = 'cpu: AMD EPYC\n', extra = ''): string {
  const lines = Object.entries(levels).flatMap(([name, ns]) =>
    noisy(ns).map((value) => `Benchmark${name} 100 ${value} ns/op${extra}`),
  );
  return `${header}${lines.join('\n')}\n`;
}

async function judge(base: string, head: string, wishes: Partial<JudgeRequest> = {}) {
  writeFileSync(join(root, 'base'), base);
  writeFileSync(join(root, 'head'), head);
  return judgePaths('base', 'head', wishes);
}

async function judgePaths(base: string, head: string, wishes: Partial<JudgeRequest> = {}) {
  const at = (shown: string) => ({ path: join(root, shown), shown });
  const { report } = await judgeTask(
    {
      workspaceRoot: root,
      project: { name: 'assay', root: 'assay', tags: [] },
      target: 'assay:judge',
      configuration: '',
      base: at(base),
      head: at(head),
      controls: [],
      ...wishes,
    },
    { clock: () => 0, now: () => new Date(0), env: {} },
  );
  return report;
}

const ids = (report: Awaited<ReturnType<typeof judge>>) => report.findings.map(({ id }) => id);

describe('judgeTask', () => {
  it('tells what regressed, what improved and what did not change, and writes the Report', async () => {
    const report = await judge(
      goText({ Parse: 100, Format: 100, Sort: 100 }),
      goText({ Parse: 110, Format: 90, Sort: 100 }),
    );
    expect(report.subjects.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['BenchmarkParse', 'regressed'],
      ['BenchmarkFormat', 'improved'],
      ['BenchmarkSort', 'unchanged'],
    ]);
    expect(report.verdict).toBe('failed');
    expect(ids(report)).toEqual(['judge/regressed', 'judge/kind']);
    expect(report.findings[0]?.message).toMatch(/^BenchmarkParse is worse: time per operation \+\d/);
    expect(report.metrics[0]).toMatchObject({
      unit: 'ns/op',
      labels: { order: 'kept', unit: 'sample', machine: 'same', processes: '1 and 1' },
      comparisons: [
        { against: 'base', ref: 'base', design: 'sequential', alpha: 0.001, verdict: 'regressed' },
      ],
    });
    expect(JSON.parse(readFileSync(join(root, '.assay/judge/assay/report.json'), 'utf8'))).toEqual(report);
  });

  it.each(Object.keys(WRITERS))(
    'in %s finds one more twentieth, and nothing where there is nothing',
    async (format) => {
      const write = WRITERS[format] as (samples: readonly number[]) => string;
      const seconds = (level: number) => write(noisy(level, 12));
      const worse = await judge(seconds(1e-4), seconds(1.05e-4));
      expect(worse.subjects.map(({ verdict }) => verdict)).toEqual(['regressed']);
      expect(worse.verdict).toBe('failed');
      const same = await judge(seconds(1e-4), seconds(1e-4));
      expect(same.verdict).toBe('passed');
    },
  );

  it('calls no change between two machines but by three controls that agree', async () => {
    const other = 'cpu: Intel Xeon\n';
    const alone = await judge(goText({ Parse: 100 }), goText({ Parse: 300 }, other));
    expect(alone.verdict).toBe('inconclusive');
    expect(alone.metrics[0]?.comparisons[0]?.design).toBe('other-machine');
    const [base, head] = [
      goText({ Parse: 100, C1: 50, C2: 60, C3: 70 }),
      goText({ Parse: 300, C1: 100, C2: 120, C3: 140 }, other),
    ];
    const linked = await judge(base, head, { controls: ['C\\d'] });
    expect(linked.subjects[0]?.verdict).toBe('regressed');
    expect(linked.metrics[0]?.comparisons[0]?.change?.ratio).toBeCloseTo(1.5, 1);
    const two = await judge(base, head, { controls: ['C[12]'] });
    expect(two.subjects[0]?.verdict).toBe('inconclusive');
  });

  it('is no pass where something is lost on either side', async () => {
    const both = { Parse: 100, Sort: 100 };
    const lost = await judge(goText(both), goText({ Parse: 100 }));
    expect(lost.verdict).toBe('inconclusive');
    expect(ids(lost)).toContain('judge/missing');
    expect((await judge(goText({ Parse: 100 }), goText(both))).verdict).toBe('inconclusive');
    const figure = await judge(goText({ Parse: 100 }, '', ' 5 B/op'), goText({ Parse: 100 }, ''));
    expect(figure.verdict).toBe('inconclusive');
    expect(ids(figure)).toContain('judge/missing-figure');
  });

  it('judges bytes, allocations and rates by their own direction, zeros too', async () => {
    const text = (extra: string) => goText({ Parse: 100 }, 'cpu: A\n', extra);
    const verdict = async (base: string, head: string) =>
      (await judge(text(base), text(head))).subjects[0]?.verdict;
    expect(await verdict(' 5 allocs/op', ' 6 allocs/op')).toBe('regressed');
    expect(await verdict(' 0 allocs/op', ' 1 allocs/op')).toBe('regressed');
    expect(await verdict(' 0 allocs/op', ' 0 allocs/op')).toBe('unchanged');
    expect(await verdict(' 64 B/op', ' 32 B/op')).toBe('improved');
    expect(await verdict(' 90 items/s', ' 50 items/s')).toBe('regressed');
    expect(await verdict(' 50 items/s', ' 90 items/s')).toBe('improved');
    expect(await verdict(' 50 hits', ' 90 hits')).toBe('inconclusive');
  });

  it('takes figures declared exact at their word, even one', async () => {
    const one = (hits: number) => `Unit hits better=higher assume=exact\nBenchmarkX 1 ${hits} hits\n`;
    expect((await judge(one(100), one(90))).subjects[0]?.verdict).toBe('regressed');
    expect((await judge(one(100), one(100)).then(({ metrics }) => metrics[0]))?.value).toBe(100);
  });

  it('names each kind for what it is', async () => {
    const kind = async (base: string, head: string) =>
      (await judge(base, head)).findings.find(({ id }) => id === 'judge/kind')?.message ?? '';
    const write = (format: string) =>
      (WRITERS[format] as (samples: readonly number[]) => string)(noisy(1e-4));
    expect(await kind(write('mitata'), write('mitata'))).toContain('samples sorted, their order lost');
    expect(await kind(write('hyperfine'), write('hyperfine'))).toContain(
      'machines that the files do not name, 12 processes a side',
    );
    const mean = (value: number) =>
      JSON.stringify({
        benchmarks: [{ name: 'a', stats: { rounds: 12, mean: value, stddev: value / 100 } }],
      });
    expect(await kind(mean(1), mean(1.001))).toContain('summaries only');
    const dated = (offset: number) =>
      JSON.stringify({
        metadata: { hostname: 'h' },
        benchmarks: [
          {
            metadata: { name: 'a' },
            runs: noisy(1).map((value, i) => ({
              metadata: { date: `2026-01-01 10:00:${10 + 2 * i + offset}` },
              values: [value],
            })),
          },
        ],
      });
    expect(await kind(dated(0), dated(1))).toContain('interleaved in time on the same machine');
  });

  it('says of too few samples how many it takes', async () => {
    const few = (ns: number) => `BenchmarkX 1 ${ns} ns/op\nBenchmarkX 1 ${ns + 1} ns/op\n`;
    const report = await judge(few(100), few(200));
    expect(report.verdict).toBe('inconclusive');
    expect(ids(report)).toContain('judge/too-few-samples');
  });

  it('judges our own samples again pair by pair, where one file holds both sides', async () => {
    const samples = readFileSync(
      new URL('../recordings/assay-samples/fixtures/base.json', import.meta.url),
      'utf8',
    );
    writeFileSync(join(root, 'samples.json'), samples);
    const report = await judgePaths('samples.json', 'samples.json');
    expect(report.verdict).toBe('passed');
    expect(report.metrics[0]?.comparisons[0]).toMatchObject({ design: 'interleaved' });
  });

  it('does not pass a file by itself', async () => {
    const text = goText({ Parse: 100 });
    const report = await judge(text, text);
    expect(report.verdict).toBe('inconclusive');
    expect(ids(report)).toContain('judge/same-data');
  });

  it.each([
    ['a file that is not there', undefined, 'files/missing'],
    ['another format', '{"results":[{"command":"x","times":[1]}]}', 'judge/different-formats'],
    ['a cut file', '{"results": [{"comm', 'files/malformed'],
    ['another unit', 'cpu: AMD EPYC\nBenchmarkParse 1 5 B/op\n', 'judge/different-units'],
  ])('fails with a code and a remedy by %s', async (_, head, code) => {
    writeFileSync(join(root, 'base'), goText({ Parse: 100 }));
    if (head !== undefined) writeFileSync(join(root, 'head'), head);
    const report = await judgePaths('base', 'head');
    expect(report.verdict).toBe('failed');
    expect(report.findings[0]).toMatchObject({
      id: code,
      severity: 'error',
      remedy: expect.stringMatching(/\S/),
    });
  });

  it('keeps the rest where one benchmark cannot be used', async () => {
    const base = goText({ Parse: 100, Sort: 100 });
    const report = await judge(base, `${goText({ Parse: 100 })}BenchmarkSort 1 NaN ns/op\n`);
    expect(report.subjects.map(({ verdict }) => verdict)).toEqual(['unchanged', 'failed']);
    expect(report.verdict).toBe('failed');
    expect(report.findings[0]).toMatchObject({ id: 'recordings/bad-sample', subject: 'BenchmarkSort' });
  });

  it('follows assay/judge.json and the policy', async () => {
    mkdirSync(join(root, 'assay'));
    writeFileSync(join(root, 'assay/judge.json'), JSON.stringify({ margin: 0.3 }));
    writeFileSync(
      join(root, 'assay/policy.json'),
      JSON.stringify({ mode: 'observe', judge: { margin: 0.01 } }),
    );
    const report = await judge(goText({ Parse: 100 }), goText({ Parse: 110 }));
    expect(report).toMatchObject({ verdict: 'passed', enforcement: 'observe' });
    writeFileSync(join(root, 'assay/judge.json'), JSON.stringify({ margins: 1 }));
    expect((await judgePaths('base', 'head')).findings[0]?.id).toBe('judge/config-invalid');
    writeFileSync(join(root, 'assay/judge.json'), JSON.stringify({ controls: ['('] }));
    expect((await judgePaths('base', 'head')).findings[0]?.id).toBe('judge/bad-pattern');
  });

  it('takes the one command of each side for the same, whatever its path', async () => {
    const file = (command: string) => JSON.stringify({ results: [{ command, times: noisy(0.1) }] });
    expect((await judge(file('./old/app'), file('./new/app'))).verdict).toBe('passed');
  });

  it('says that runtimes differ', async () => {
    const file = (python: string) =>
      JSON.stringify({
        machine_info: { python_version: python, node: 'h' },
        benchmarks: [{ name: 'a', stats: { rounds: 12, data: noisy(1) } }],
      });
    expect(ids(await judge(file('3.11.1'), file('3.12.1')))).toContain('judge/other-runtime');
  });
});
