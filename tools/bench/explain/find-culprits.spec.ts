import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { judgePolicy } from '../../compare/policy.ts';
import type { Effects } from '../../kernel/effects.ts';
import { removeRepositories, repository } from '../drift/fixtures/repository.ts';
import type { Scope } from '../inputs.ts';
import type { PreparedRun } from '../prepare-run.ts';
import type { BenchRequest } from '../request.ts';
import { chainOf } from './chain.ts';
import { culpritFinding } from './culprit-report.ts';
import { type Culprits, findCulprits, type Regressed } from './find-culprits.ts';
import type { PairOutcome, PairToMeasure } from './measure-pair.ts';

const told = vi.hoisted(() => ({ measure: (_: unknown): unknown => undefined, asked: [] as unknown[] }));
vi.mock('./measure-pair.ts', () => ({
  measurePair: async (pair: PairToMeasure) => {
    told.asked.push(pair);
    return told.measure(pair);
  },
}));
vi.mock('../../kernel/process/lock.ts', () => import('../fixtures/no-lock.ts'));
afterAll(removeRepositories);
beforeEach(() => {
  told.asked = [];
});

/** What an operation costs at a commit lies in `lib/cost`; one that cannot be built has no number there. */
const scope: Scope = {
  paths: ['lib'],
  counts: (path) => path.startsWith('lib/'),
  isBenchmark: () => false,
};

type Repo = ReturnType<typeof repository>;

function costAt(repo: Repo, commit: string): number {
  return Number(repo.git('show', `${commit}:lib/cost`));
}

/** Judges by the true costs, with an interval of ±1 %; a second benchmark costs the same. */
function truthOf(repo: Repo) {
  return ({ base, head, subjects, margin }: PairToMeasure): ReadonlyMap<string, PairOutcome> => {
    const [from, to] = [costAt(repo, base), costAt(repo, head)];
    const outcome = (): PairOutcome => {
      if (Number.isNaN(from)) return { state: 'broken', side: 'base', reason: 'syntax error' };
      if (Number.isNaN(to)) return { state: 'broken', side: 'head', reason: 'syntax error' };
      const ratio = to / from;
      const verdict = ratio > 1 + margin / 2 ? 'regressed' : 'unchanged';
      const judged = { statistic: 'floor', ratio, interval: [ratio * 0.99, ratio * 1.01], verdict };
      const judgement = { verdict, decidedBy: ['floor'], statistics: [judged], notes: [] };
      return { state: 'judged', judgement } as unknown as PairOutcome;
    };
    return new Map(subjects.map((subject) => [subject, outcome()]));
  };
}

async function search(repo: Repo, base: string, titles: readonly string[] = ['parse'], budgetMs = 1e9) {
  const head = repo.git('rev-parse', 'HEAD');
  const size = Math.log(costAt(repo, head) / costAt(repo, base));
  const regressed = titles.map(
    (title): Regressed => ({
      ...{ subject: `a.bench.ts › ${title}`, title, yardstick: { kind: 'time', statistic: 'floor' } },
      change: { size, low: size - 0.01, high: size + 0.01 },
    }),
  );
  told.measure = truthOf(repo) as typeof told.measure;
  let time = 0;
  const effects = {
    clock: () => (time += 1000),
    progress: () => {},
    signal: new AbortController().signal,
  } as unknown as Effects;
  const run = { settings: { judge: judgePolicy() } } as unknown as PreparedRun;
  const request = { project: { name: 'lib', root: 'lib', tags: [] } } as unknown as BenchRequest;
  const chain = await chainOf(repo.at, base, head, scope);
  const found = await findCulprits(regressed, chain, {
    ...{ request, run, effects, at: repo.at, scope, deadline: budgetMs },
  });
  return { found, chain };
}

function names({ named }: Culprits): readonly (string | undefined)[] {
  return named.map(({ step }) => step.commit?.commit);
}

const messageOf = (culprits: Culprits): string =>
  culpritFinding({ capability: 'bench', project: 'lib' }, culprits, []).message;

describe('a bisection over commits', () => {
  it('names the one of thirty, in a handful of comparisons, for all benchmarks that it slowed down', async () => {
    const repo = repository();
    const base = repo.commit({ 'lib/cost': '100' });
    let guilty = '';
    for (let i = 1; i <= 30; i++) {
      const commit = repo.commit({ 'lib/cost': i >= 19 ? '112' : '100', 'lib/n': String(i) }, `commit ${i}`);
      if (i === 19) guilty = commit;
    }
    const { found } = await search(repo, base, ['parse', 'format']);
    expect(found.map(names)).toEqual([[guilty], [guilty]]);
    expect(told.asked.length).toBeLessThanOrEqual(8);
    expect(messageOf(found[0]!)).toMatch(
      /^parse got worse \(time\) by \w{9} “commit 19” \(Ada L, \d{4}-\d\d-\d\d\): \+12\.0 %, 99 % interval \+10\.9 % to \+13\.1 %, 100 % of the whole\. \d comparisons/,
    );
  });

  it('gives each of several commits its share', async () => {
    const repo = repository();
    const base = repo.commit({ 'lib/cost': '100' });
    const costs = ['100', '110', '110', '110', '132', '132', '132', '132'];
    const commits = costs.map((cost, i) => repo.commit({ 'lib/cost': cost, 'lib/n': String(i) }));
    const { found } = await search(repo, base);
    expect(names(found[0]!)).toEqual([commits[4], commits[1]]);
    expect(found[0]!.named.map(({ share }) => Math.round(share * 100))).toEqual([66, 34]);
    expect(messageOf(found[0]!)).toContain('got worse (time) by 2 commits');
  });

  it('looks into a merge, and names the commit of its branch', async () => {
    const repo = repository();
    const base = repo.commit({ 'lib/cost': '100' });
    repo.git('checkout', '-q', '-b', 'side');
    repo.commit({ 'lib/n': '1' });
    const guilty = repo.commit({ 'lib/cost': '130' }, 'on the branch');
    repo.commit({ 'lib/n': '2' });
    repo.git('checkout', '-q', 'main');
    repo.commit({ 'lib/m': '1' });
    repo.git('merge', '-q', '--no-ff', '--no-edit', 'side');
    repo.commit({ 'lib/m': '2' });
    const { found } = await search(repo, base);
    expect(names(found[0]!)).toEqual([guilty]);
  });

  it('of a pull request checked out as one merge goes into it at once', async () => {
    const repo = repository();
    const base = repo.commit({ 'lib/cost': '100' });
    repo.git('checkout', '-q', '-b', 'side');
    repo.commit({ 'lib/n': '1' });
    const guilty = repo.commit({ 'lib/cost': '130' });
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', '--no-ff', '--no-edit', 'side');
    const { found, chain } = await search(repo, base);
    expect(chain.steps).toHaveLength(1);
    expect(names(found[0]!)).toEqual([guilty]);
  });

  it('says which commits are left where those between do not build', async () => {
    const repo = repository();
    const base = repo.commit({ 'lib/cost': '100' });
    repo.commit({ 'lib/n': '1' });
    for (const cost of ['broken', 'still broken', '130']) repo.commit({ 'lib/cost': cost }, cost);
    repo.commit({ 'lib/n': '2' });
    const { found } = await search(repo, base);
    expect(names(found[0]!)).toEqual([]);
    expect(found[0]!.ranges).toMatchObject([{ why: 'does not build', steps: { length: 3 } }]);
    expect(messageOf(found[0]!)).toMatch(
      /could not be told; 3 are left\. .*does not build or run \(syntax error\)/,
    );
  });

  it('stops where the time is over, and says so', async () => {
    const repo = repository();
    const base = repo.commit({ 'lib/cost': '100' });
    for (let i = 1; i <= 16; i++) repo.commit({ 'lib/cost': i > 10 ? '130' : '100', 'lib/n': String(i) });
    const { found } = await search(repo, base, ['parse'], 6000);
    expect(found[0]).toMatchObject({ named: [], ranges: [{ why: 'stopped' }] });
    const finding = culpritFinding({ capability: 'bench', project: 'lib' }, found[0]!, []);
    expect(finding).toMatchObject({
      id: 'bench/culprit-unknown',
      remedy: expect.stringContaining('--budget'),
    });
  });
});
