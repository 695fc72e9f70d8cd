import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { syntheticHistory } from '../../compare/drift/synthetic-history.ts';
import type { Report } from '../../kernel/report/schema.ts';
import { reportSchema } from '../../kernel/report/schema.ts';
import { baselineHistory } from './baseline-history.ts';
import { commitOrder } from './commit-order.ts';
import { removeRepositories, repository } from './fixtures/repository.ts';
import { judgeHistory } from './history.ts';
import { joinHistories } from './history-points.ts';
import { withHistory } from './history-report.ts';
import { reportsHistory } from './reports-history.ts';

afterAll(removeRepositories);

const FILE = 'libs/a/assay/bench.baseline.json';
const never = () => false;

interface Session {
  readonly commit: string;
  readonly takenAt: string;
  readonly values: Readonly<Record<string, number>>;
  readonly machine?: string;
}

function baselineText({ commit, takenAt, values, machine = 'm' }: Session): string {
  const benchmarks = Object.fromEntries(
    Object.entries(values).map(([subject, value]) => {
      const recorded = { value, interval: [value * 0.99, value * 1.01] };
      return [subject, { unit: 'ns/op', processes: 20, floor: recorded, mean: recorded }];
    }),
  );
  const section = { takenAt, commit, runtimes: { node: 'v24' }, benchmarks };
  return JSON.stringify({ schema: 'nx-assay/bench-baseline@1', machines: { [machine]: section } });
}

const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString();

describe('the history of a committed baseline', () => {
  it('has a point for each version that measured anew, at the commit that was measured', async () => {
    const repo = repository();
    const first = repo.commit({ code: '1' });
    repo.commit({ [FILE]: baselineText({ commit: first, takenAt: day(1), values: { a: 10, b: 5 } }) });
    const second = repo.commit({ code: '2' });
    // Only `a` was asked for: `b` keeps its figures and is no new measurement.
    repo.commit({ [FILE]: baselineText({ commit: second, takenAt: day(2), values: { a: 11, b: 5 } }) });
    const { series, notes } = await baselineHistory(repo.at, FILE, await commitOrder(repo.at), never);
    expect(notes).toEqual([]);
    expect(series.get('a')).toMatchObject([
      { commit: first, value: 10, machine: 'm', time: Date.parse(day(1)) },
      { commit: second, value: 11 },
    ]);
    expect(series.get('b')).toHaveLength(1);
  });

  it('survives versions that cannot be read, a rewritten history, a moved project and a jumping clock', async () => {
    const repo = repository();
    const first = repo.commit({ code: '1' }, 'one', '2031-01-01T00:00:00Z');
    const old = 'old/a/assay/bench.baseline.json';
    repo.commit({ [old]: baselineText({ commit: first, takenAt: day(90), values: { a: 10 } }) });
    repo.git('mv', 'old', 'libs');
    repo.commit({}, 'move');
    repo.commit({ [FILE]: '<<<<<<< HEAD\n{}' });
    repo.commit({ [FILE]: '{"schema":"nx-assay/bench-baseline@0"}' });
    repo.commit({ [FILE]: '{"schema":' });
    const gone = 'f'.repeat(40);
    const recorded = repo.commit({
      [FILE]: baselineText({ commit: gone, takenAt: day(1), values: { a: 12 } }),
    });
    const order = await commitOrder(repo.at);
    const { series, notes } = joinHistories([await baselineHistory(repo.at, FILE, order, never)], order);
    expect(series.get('a')).toMatchObject([
      { commit: first, value: 10 },
      { commit: recorded, value: 12 },
    ]);
    expect(notes).toEqual([
      expect.stringMatching(
        /^Versions .* left out: \w{9} \(conflict markers\), \w{9} \(of another schema\), \w{9} \(no JSON\)\.$/,
      ),
      expect.stringContaining('1 of the measured commits (such as fffffffff) are not in the history of head'),
      expect.stringContaining('The clock runs backwards before 1 of the points'),
    ]);
  });

  it('says that a shallow clone does not show it', async () => {
    const repo = repository();
    const first = repo.commit({ code: '1' });
    repo.commit({ [FILE]: baselineText({ commit: first, takenAt: day(1), values: { a: 10 } }) });
    repo.commit({ [FILE]: baselineText({ commit: first, takenAt: day(2), values: { a: 11 } }) });
    const clone = join(repo.folder, 'shallow baseline');
    repo.git('clone', '-q', '--depth=1', `file://${repo.root}`, clone);
    const at = { ...repo.at, cwd: clone };
    const { series, notes } = await baselineHistory(at, FILE, await commitOrder(at), never);
    expect(series.get('a')).toHaveLength(1);
    expect(notes.join()).toContain('shallow');
  });

  it('of 1 % twenty times shows as a slope in the Report, and gives controls to the points', async () => {
    const truth = { shape: 'slope', total: 1.01 ** 20 } as const;
    const points = syntheticHistory(24, { noise: 0.008 }, truth, 11);
    const repo = repository();
    for (const [i, { value }] of points.entries()) {
      const measured = repo.commit({ code: String(i) });
      const values = { 'a.bench.ts › x': value, control: 100 + i / 10 };
      repo.commit({ [FILE]: baselineText({ commit: measured, takenAt: day(i), values }) });
    }
    const order = await commitOrder(repo.at);
    const history = await baselineHistory(repo.at, FILE, order, (subject) => subject === 'control');
    expect(history.series.get('a.bench.ts › x')?.[3]?.controls).toEqual({ control: 100.3 });
    const plain = await baselineHistory(repo.at, FILE, order, never);
    const judged = judgeHistory(joinHistories([plain], order), 0.05);
    const source = { ref: FILE, artifact: 'history.json', margin: 0.05 };
    const built = withHistory(report('a.bench.ts › x', 1), judged, plain.notes, source);
    expect(reportSchema.parse(built)).toEqual(built);
    expect(built.metrics[0]?.comparisons).toMatchObject([{ against: 'history', verdict: 'regressed' }]);
    expect(built.findings).toMatchObject([{ id: 'bench/drifting', severity: 'warning' }]);
    expect(built.findings[0]?.message).toMatch(/^x has become \+2\d\.\d % slower .* slow slope from/);
    expect(built.exhibits).toMatchObject([{ kind: 'series', artifact: 'history.json' }]);
  });
});

describe('kept Reports', () => {
  it('are points in the order of the commits; what is none is told or left alone', async () => {
    const repo = repository();
    const commits = [1, 2, 3].map((n) => repo.commit({ code: String(n) }));
    const folder = join(repo.root, 'kept reports');
    mkdirSync(join(folder, 'deep'), { recursive: true });
    const keep = (name: string, text: unknown) =>
      writeFileSync(join(folder, name), typeof text === 'string' ? text : JSON.stringify(text));
    for (const [i, commit] of commits.entries()) {
      // Kept under a clock that runs backwards.
      keep(`deep/${i}.json`, { ...report('x', 10 + i, commit, day(9 - i)) });
    }
    keep('again.json', { ...report('x', 10, commits[0], day(9)) });
    keep('samples.json', []);
    keep('cut.json', '{"schema":"nx-assay/report@1"');
    keep('foreign.json', { ...report('x', 99), project: 'b' });
    const read = await reportsHistory('kept reports', repo.root, 'a', never);
    const { series, notes } = joinHistories([read], await commitOrder(repo.at));
    expect(series.get('x')?.map(({ value }) => value)).toEqual([10, 11, 12]);
    expect(notes).toEqual([
      expect.stringContaining('1 Reports could not be read'),
      expect.stringContaining('clock runs backwards before 2'),
    ]);
    const nothing = reportsHistory('kept reports/samples.json', repo.root, 'a', never);
    await expect(nothing).rejects.toThrow(expect.objectContaining({ code: 'bench/history-empty' }));
    await expect(reportsHistory('nowhere', repo.root, 'a', never)).rejects.toThrow(
      expect.objectContaining({ code: 'bench/history-missing' }),
    );
  });
});

function report(subject: string, value: number, commit = 'c'.repeat(40), startedAt = day(0)): Report {
  return {
    schema: 'nx-assay/report@1',
    capability: 'bench',
    project: 'a',
    run: {
      id: `${commit}${value}`,
      ...{ target: 'a:bench', configuration: '', mode: 'check', attempt: 1, branch: '', ci: '' },
      shard: { index: 1, of: 1 },
    },
    verdict: 'passed',
    enforcement: 'enforce',
    summary: '',
    subjects: [{ id: subject, title: 'x', verdict: 'measured', decidedBy: [] }],
    metrics: [
      {
        ...{ id: `${subject}#wall-floor`, subject, name: 'time', labels: {}, unit: 'ns/op', better: 'lower' },
        ...{ witness: 'wall', statistic: 'floor', state: 'measured', value, interval: [value, value] },
        comparisons: [],
      },
    ],
    findings: [],
    exhibits: [],
    environment: {
      ...{ machine: 'm', cpu: '', cores: 2, os: '', runtimes: {}, tools: {}, commit, dirty: false },
      ...{ taskHash: '', startedAt, durationMs: 1 },
    },
    artifacts: [],
  };
}
