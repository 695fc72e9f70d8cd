import type { Effects } from '../../kernel/effects.ts';
import type { GitAt } from '../../kernel/git/index.ts';
import { withMeasuringLock } from '../../kernel/process/lock.ts';
import type { Scope } from '../inputs.ts';
import type { PreparedRun } from '../prepare-run.ts';
import type { BenchRequest } from '../request.ts';
import { type Bisection, bisect, type Change, mostSteps, type StepOutcome } from './bisect.ts';
import { type Chain, type ChainStep, chainInside } from './chain.ts';
import { measurePair, type PairOutcome } from './measure-pair.ts';
import { leastOf, readBy, type Yardstick } from './yardstick.ts';

/** A benchmark that regressed, by what shows it. */
export interface Regressed {
  readonly subject: string;
  readonly title: string;
  readonly yardstick: Yardstick;
  readonly change: Change;
}

/** One commit with its part of a regression. */
export interface NamedCommit {
  readonly step: ChainStep;
  readonly change: Change;
  /** Of the whole, on the scale of logarithms. */
  readonly share: number;
}

/** Commits among which a part lies that could not be told further. */
export interface NamedRange {
  readonly steps: readonly ChainStep[];
  readonly change: Change;
  readonly why: Bisection['remainders'][number]['why'];
  readonly detail: string;
}

export interface ComparedPair {
  readonly from: string;
  readonly to: string;
  readonly commits: number;
  readonly outcome: StepOutcome;
}

export interface Culprits {
  readonly regressed: Regressed;
  readonly named: readonly NamedCommit[];
  readonly ranges: readonly NamedRange[];
  readonly compared: readonly ComparedPair[];
  /** Probability at most that a commit is named which changed nothing. */
  readonly alpha: number;
}

/** What a search needs of the run around it. */
export interface CulpritSearch {
  readonly request: BenchRequest;
  readonly run: PreparedRun;
  readonly effects: Effects;
  readonly at: GitAt;
  readonly scope: Scope;
  /** By the clock of the effects. */
  readonly deadline: number;
}

/** Branches are looked into this deep: a merge in a merge in a merge. */
const DEEPEST = 3;

/** Benchmarks that one comparison measures, so that a later bisection finds its steps made. */
const MOST_TOGETHER = 3;

/**
 * Bisects regressions over a chain of commits, the largest first. One comparison measures all of them; what it gave
 * for one that comes later is used then. A merge that is found guilty is looked into.
 */
export async function findCulprits(
  regressed: readonly Regressed[],
  chain: Chain,
  search: CulpritSearch,
): Promise<readonly Culprits[]> {
  const { effects } = search;
  const open = new Set(regressed);
  const comparer = createComparer(open, search);
  const found: Culprits[] = [];
  const largestFirst = [...regressed].sort((a, b) => b.change.size - a.change.size);
  const onWait = ({ pid }: { pid: number }): void =>
    effects.progress({ text: `waiting for another measuring run on this machine (process ${pid})` });
  await withMeasuringLock(
    async () => {
      for (const one of largestFirst) {
        found.push(await culpritsOf(one, chain, 0));
        open.delete(one);
      }
    },
    { onWait, signal: effects.signal },
  );
  return found;

  async function culpritsOf(one: Regressed, along: Chain, depth: number): Promise<Culprits> {
    const policyAlpha = search.run.settings.judge.alpha;
    const last = along.steps.length;
    const most = mostSteps(last);
    // Half for the first chain, a quarter for a branch inside of it, …: all of them stay within the whole.
    const alpha = (policyAlpha * 0.5 ** (depth + 1)) / most;
    const states = [along.start, ...along.steps.map(({ state }) => state)];
    let taken = 0;
    const result = await bisect({
      last,
      total: one.change,
      least: Math.log1p(leastOf(one.yardstick)),
      stop: () => whyStop(taken, most),
      compare: async (from, to, matters) => {
        taken += 1;
        const pair = { base: states[from] ?? '', head: states[to] ?? '' };
        effects.progress({
          text: `${search.request.project.name}: bisecting ${one.title}, comparison ${taken}: ${pair.base.slice(0, 9)} with ${pair.head.slice(0, 9)}, ${to - from} of ${last} steps`,
        });
        const outcome = await comparer(one, pair, Math.expm1(matters), alpha);
        return stepOutcome(outcome, one.yardstick, from, to);
      },
    });
    const named = namedOf(result, along, one);
    const told: Culprits = {
      regressed: one,
      named,
      ranges: result.remainders.map(({ from, to, ...rest }) => ({
        ...rest,
        steps: along.steps.slice(from, to),
      })),
      compared: result.steps.map(({ from, to, outcome }) => ({
        ...{ from: states[from] ?? '', to: states[to] ?? '', commits: to - from, outcome },
      })),
      alpha: policyAlpha,
    };
    return depth + 1 < DEEPEST ? lookInside(told, depth) : told;
  }

  /** Replaces merges among the culprits by the commits of their branch, where one of those can be named. */
  async function lookInside(told: Culprits, depth: number): Promise<Culprits> {
    let so = told;
    for (const merge of told.named) {
      const commit = merge.step.commit;
      if (commit === undefined || commit.parents.length < 2) continue;
      const inside = await chainInside(search.at, commit, search.scope);
      if (inside === undefined) continue;
      const [only] = inside.steps;
      if (inside.steps.length === 1 && only) {
        // All that the branch did is one commit's doing.
        so = { ...so, named: so.named.map((own) => (own === merge ? { ...own, step: only } : own)) };
        continue;
      }
      const deeper = await culpritsOf({ ...told.regressed, change: merge.change }, inside, depth + 1);
      so = { ...so, compared: [...so.compared, ...deeper.compared] };
      if (deeper.named.length === 0) continue;
      const parts = deeper.named.map((own) => ({
        ...own,
        share: own.change.size / told.regressed.change.size,
      }));
      so = {
        ...so,
        named: so.named.flatMap((own) => (own === merge ? parts : [own])),
        ranges: [...so.ranges, ...deeper.ranges],
      };
    }
    return so;
  }

  function whyStop(taken: number, most: number): string | undefined {
    if (effects.signal.aborted) return 'the run was stopped';
    if (effects.clock() >= search.deadline) return 'the time of --budget is over';
    return taken >= most
      ? `${most} comparisons were made, all that the error budget was divided by`
      : undefined;
  }
}

function namedOf(result: Bisection, along: Chain, { change: whole }: Regressed): readonly NamedCommit[] {
  return result.culprits.flatMap(({ step, change }) => {
    const found = along.steps[step - 1];
    return found ? [{ step: found, change, share: change.size / whole.size }] : [];
  });
}

/** Measures a pair of commits once for all regressed benchmarks, and again only where closer figures are wanted. */
function createComparer(open: ReadonlySet<Regressed>, search: CulpritSearch) {
  const known = new Map<string, { readonly margin: number; readonly outcome: PairOutcome }>();
  return async (
    { subject, yardstick: { kind } }: Regressed,
    pair: { readonly base: string; readonly head: string },
    margin: number,
    alpha: number,
  ): Promise<PairOutcome> => {
    const keyOf = (name: string): string => `${pair.base} ${pair.head} ${name}`;
    const before = known.get(keyOf(subject));
    if (before && before.margin <= 1.5 * margin) return before.outcome;
    // A few share the checkouts and builds; many would only use up each other's time.
    const alike = [...open].filter(({ yardstick }) => yardstick.kind === kind).map((one) => one.subject);
    const subjects = alike.length <= MOST_TOGETHER ? [...new Set([subject, ...alike])] : [subject];
    const leftMs = search.deadline - search.effects.clock();
    const { request, run, effects } = search;
    const outcomes = await measurePair(
      { ...pair, subjects, kind, margin, alpha, leftMs },
      request,
      run,
      effects,
    );
    for (const [name, outcome] of outcomes) known.set(keyOf(name), { margin, outcome });
    return outcomes.get(subject) ?? { state: 'unknown', reason: 'it was not measured' };
  };
}

function stepOutcome(outcome: PairOutcome, yardstick: Yardstick, from: number, to: number): StepOutcome {
  switch (outcome.state) {
    case 'identical':
      return outcome;
    case 'unknown':
      return outcome;
    case 'broken':
      return { state: 'broken', which: outcome.side === 'base' ? from : to, reason: outcome.reason };
    case 'judged': {
      const reading = readBy(yardstick, outcome.judgement);
      if (reading === undefined) return { state: 'unknown', reason: 'no pair of processes could be used' };
      return { state: 'judged', slower: reading.verdict === 'regressed', change: reading.change };
    }
  }
}
