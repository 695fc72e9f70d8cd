import type { Judgement, JudgePolicy, StatisticJudgement } from '../types.ts';
import { judgeCounts } from './judge-counts.ts';
import type { CountJudgement, CountSamples } from './types.ts';

/** What counts have to say beside a judgement by wall time. */
export interface CountsBeside {
  readonly judgement: CountJudgement;
  /** `decides`: the verdict is theirs. `contradicts`: neither witness is believed. `beside`: shown, and no more. */
  readonly role: 'decides' | 'contradicts' | 'beside';
}

type Judged = Extract<CountJudgement, { state: 'judged' }>;

/**
 * Lays the second witness beside a judgement by wall time; pure. By `auto` counts decide what wall time left
 * inconclusive; by `instructions` they decide always. Where the two contradict, the benchmark is inconclusive.
 */
export function withCounts(
  wall: Judgement,
  samples: CountSamples | undefined,
  policy: JudgePolicy,
): Judgement {
  const { witness = 'auto' } = policy;
  if (samples === undefined || witness === 'wall') return wall;
  const judgement = judgeCounts(samples, policy);
  const beside = (role: CountsBeside['role']) => ({ counts: { judgement, role } });
  const undecided = (note: string, role: CountsBeside['role']): Judgement => ({
    ...wall,
    ...beside(role),
    verdict: 'inconclusive',
    decidedBy: [],
    notes: [note, ...wall.notes],
  });
  if (judgement.state === 'not-counted') {
    const note = `Its instructions were not counted: ${judgement.reason}.`;
    if (witness === 'instructions') return undecided(note, 'beside');
    return { ...wall, ...beside('beside'), notes: [...wall.notes, note] };
  }
  const against = contradiction(wall, judgement, policy);
  if (against !== undefined) return undecided(against, 'contradicts');
  if (witness === 'auto' && wall.verdict !== 'inconclusive') return { ...wall, ...beside('beside') };
  if (judgement.verdict === 'inconclusive') {
    const note = `The instructions could not be resolved either: ${change(judgement)}.`;
    return witness === 'instructions'
      ? undecided(note, 'beside')
      : { ...wall, ...beside('beside'), notes: [...wall.notes, note] };
  }
  return { ...wall, ...beside('decides'), verdict: judgement.verdict, decidedBy: [] };
}

/** Why the two witnesses cannot both be right, if so. */
function contradiction(wall: Judgement, counts: Judged, policy: JudgePolicy): string | undefined {
  if (counts.verdict === 'inconclusive') return undefined;
  const counted = `its instructions say ${counts.verdict} (${change(counts)})`;
  if (wall.verdict === 'regressed' || wall.verdict === 'improved') {
    if (wall.verdict === counts.verdict) return undefined;
    return `The witnesses contradict each other: wall time says ${wall.verdict}, ${counted}.`;
  }
  if (wall.verdict === 'unchanged') {
    // More instructions within the margin of time are a change of the one and none of the other.
    if (Math.abs(Math.log(counts.ratio)) <= Math.log1p(policy.margin)) return undefined;
    return `The witnesses contradict each other: wall time is within its margin, ${counted}.`;
  }
  const leaning = wall.statistics.find((judged) => leans(judged, counts, policy));
  if (leaning === undefined) return undefined;
  const [low, high] = leaning.interval.map(percent);
  return `The witnesses contradict each other: the ${leaning.statistic} of wall time, though not decided, lies wholly beyond the effect floor (${low} to ${high}), ${counted}.`;
}

/** The interval of wall time lies wholly on a side that the counts exclude. */
function leans(judged: StatisticJudgement, counts: Judged, { effectFloor }: JudgePolicy): boolean {
  const [low, high] = judged.interval;
  if (low > 1 + effectFloor) return counts.verdict !== 'regressed';
  if (high < 1 / (1 + effectFloor)) return counts.verdict !== 'improved';
  return false;
}

function change({ ratio, interval: [low, high] }: Judged): string {
  return `${percent(ratio)}, ${percent(low)} to ${percent(high)}`;
}

function percent(ratio: number): string {
  const value = (ratio - 1) * 100;
  const text = Math.abs(value).toFixed(Math.abs(value) < 1 ? 2 : 1);
  return `${value < 0 ? '−' : '+'}${text} %`;
}
