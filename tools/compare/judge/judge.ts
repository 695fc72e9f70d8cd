import { withCounts } from '../count/with-counts.ts';
import { compareErrors } from '../errors.ts';
import { MEMORY_ALPHA_SHARE } from '../policy.ts';
import type {
  BenchmarkSamples,
  Judgement,
  JudgePolicy,
  MemoryJudgement,
  StatisticJudgement,
  Verdict,
} from '../types.ts';
import { judgeMemory, memoryKinds, memoryNeedsConfirmation } from './judge-memory.ts';
import { type JudgedStatistic, judgeStatistic } from './judge-statistic.ts';
import { discardNotes, earlierNote, memoryNotes, subjectNotes } from './notes.ts';
import { type Pairs, pairUp, statisticsOf } from './pairs.ts';

/** More unusable pairs than this, and nothing is called unchanged. */
const DISCARD_LIMIT = 0.1;

function checkPolicy(policy: JudgePolicy): void {
  const bad = (field: keyof JudgePolicy, value: number) =>
    compareErrors.create('compare/bad-policy', { field, value });
  for (const field of ['margin', 'meanMargin', 'alpha', 'confidence'] as const) {
    const value = policy[field];
    const probability = field === 'alpha' || field === 'confidence';
    if (!(value > 0 && (probability ? value < 1 : value < Number.POSITIVE_INFINITY))) throw bad(field, value);
  }
  if (!(policy.effectFloor >= 0 && policy.effectFloor <= policy.margin))
    throw bad('effectFloor', policy.effectFloor);
  if (
    policy.countMargin !== undefined &&
    !(policy.countMargin > 0 && policy.countMargin < Number.POSITIVE_INFINITY)
  )
    throw bad('countMargin', policy.countMargin);
  for (const value of Object.values(policy.memory ?? {})) {
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw bad('memory', value);
  }
}

/** Time's part of the error budget, where memory has a part too. */
function policyOfTime(samples: BenchmarkSamples, policy: JudgePolicy): JudgePolicy {
  if (memoryKinds(samples, policy).length === 0) return policy;
  return { ...policy, alpha: policy.alpha * (1 - MEMORY_ALPHA_SHARE) };
}

/**
 * A regression of memory is one of the benchmark. An improvement counts where time is at least known not to be worse;
 * memory that could not be decided spoils nothing.
 */
function together(time: Verdict, memory: MemoryJudgement | undefined): Verdict {
  if (memory?.verdict === 'regressed') return 'regressed';
  return time === 'unchanged' && memory?.verdict === 'improved' ? 'improved' : time;
}

/**
 * A change of any statistic is one of the benchmark. Unchanged is what the floor or the median shows to be so, unless
 * another speaks against it: neither sees what happens only sometimes, which the mean does.
 */
function subjectVerdict(statistics: readonly JudgedStatistic[], policy: JudgePolicy): Verdict {
  for (const verdict of ['regressed', 'improved'] as const) {
    if (statistics.some((judged) => judged.verdict === verdict)) return verdict;
  }
  return statistics.some(showsUnchanged) && !statistics.some((judged) => speaksAgainst(judged, policy))
    ? 'unchanged'
    : 'inconclusive';
}

function showsUnchanged({ statistic, verdict }: JudgedStatistic): boolean {
  return statistic !== 'mean' && verdict === 'unchanged';
}

/** The mean last; of the others, the more precise one first. */
function byPrecision(statistics: readonly JudgedStatistic[]): JudgedStatistic[] {
  const width = ({ interval: [low, high] }: JudgedStatistic) => Math.log(high / low);
  const isMean = ({ statistic }: JudgedStatistic) => Number(statistic === 'mean');
  return [...statistics].sort((a, b) => isMean(a) - isMean(b) || width(a) - width(b));
}

/** A suspicion that no fresh batch has cleared, or an interval that lies wholly beyond the effect floor. */
function speaksAgainst(judged: JudgedStatistic, policy: JudgePolicy): boolean {
  const [low, high] = judged.interval;
  return isSuspect(judged, policy) || low > 1 + policy.effectFloor || high < 1 / (1 + policy.effectFloor);
}

/** Beyond the first stage's bound and large enough to be called a change. */
function isSuspect(judged: JudgedStatistic, { effectFloor }: JudgePolicy): boolean {
  return judged.suspect && Math.abs(Math.log(judged.ratio)) > Math.log1p(effectFloor);
}

function published({ suspect: _, tooFewPairs: __, ...judged }: JudgedStatistic): StatisticJudgement {
  return judged;
}

function judgeAttempt(all: Pairs, attempt: number, policy: JudgePolicy): JudgedStatistic[] {
  const pairs = all.pairs.filter((pair) => pair.attempt <= attempt);
  if (!pairs.some((pair) => pair.role === 'main')) return [];
  const names = statisticsOf(pairs);
  return byPrecision(
    names.map((statistic) => judgeStatistic(pairs, statistic, attempt, policy, names.length)),
  );
}

function attemptsOf(samples: BenchmarkSamples): number[] {
  return [...new Set(samples.batches.map((batch) => batch.attempt))].sort((a, b) => a - b);
}

/**
 * Judges one benchmark from its stored samples; pure. Floor, mean and (of processes that took turns) median are
 * hypotheses that share the error budget `policy.alpha`; so do repeated attempts at the same pair of versions (batches with `attempt` 1, 2, …) and figures of memory (see `judgeMemory`),
 * whose samples are pooled: a change found once stays found unless the pooled interval lies within the margin.
 *
 * A verdict other than `inconclusive` needs usable samples of both sides; broken ones are left out and noted.
 *
 * @throws AssayError `compare/bad-policy`
 */
export function judge(samples: BenchmarkSamples, policy: JudgePolicy): Judgement {
  checkPolicy(policy);
  const time = withCounts(judgeTime(samples, policyOfTime(samples, policy)), samples.counts, policy);
  const memory = time.statistics.length === 0 ? undefined : judgeMemory(samples, policy);
  if (memory === undefined) return time;
  const verdict = together(time.verdict, memory);
  const notes = [...time.notes, ...memoryNotes(memory)];
  return { ...time, verdict, decidedBy: verdict === time.verdict ? time.decidedBy : [], memory, notes };
}

/** Judges one benchmark by time alone, within the error budget of the policy given. */
function judgeTime(samples: BenchmarkSamples, policy: JudgePolicy): Judgement {
  const all = pairUp(samples);
  const attempts = attemptsOf(samples);
  const last = attempts.at(-1) ?? 1;
  const statistics = judgeAttempt(all, last, policy);
  const notes = discardNotes(all);
  if (statistics.length === 0) {
    return {
      verdict: 'inconclusive',
      decidedBy: [],
      statistics: [],
      notes: [...notes, 'No usable pair of processes.'],
    };
  }
  let lost = 0;
  for (const count of all.discarded.values()) lost += count;
  let verdict = subjectVerdict(statistics, policy);
  let decidedBy = statistics.filter((judged) => judged.verdict === verdict).map((judged) => judged.statistic);
  if (verdict === 'unchanged')
    decidedBy = statistics.filter(showsUnchanged).map((judged) => judged.statistic);
  if (verdict === 'unchanged' && lost > DISCARD_LIMIT * (lost + all.pairs.length)) verdict = 'inconclusive';
  if (verdict === 'inconclusive') {
    decidedBy = [];
    for (const attempt of attempts.slice(0, -1)) {
      const earlier = judgeAttempt(all, attempt, policy);
      const found = subjectVerdict(earlier, policy);
      if (found !== 'regressed' && found !== 'improved') continue;
      verdict = found;
      decidedBy = earlier.filter((judged) => judged.verdict === found).map((judged) => judged.statistic);
      notes.push(earlierNote(attempt, found));
      break;
    }
  }
  notes.push(...subjectNotes(statistics, verdict, all.msPerPair));
  return { verdict, decidedBy, statistics: statistics.map(published), notes };
}

/**
 * True where the samples so far ask for a confirming batch: a statistic is suspect after the main batch and its
 * estimate is large enough to be called a change. Leaving out the rest only ever keeps a change unproved.
 */
export function needsConfirmation(samples: BenchmarkSamples, policy: JudgePolicy): boolean {
  checkPolicy(policy);
  const all = pairUp(samples);
  const ofTime = policyOfTime(samples, policy);
  return (
    judgeAttempt(all, attemptsOf(samples).at(-1) ?? 1, ofTime).some((judged) => isSuspect(judged, ofTime)) ||
    memoryNeedsConfirmation(samples, policy)
  );
}
