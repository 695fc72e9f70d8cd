import type { MemoryJudgement, Verdict } from '../types.ts';
import type { JudgedStatistic } from './judge-statistic.ts';
import type { Pairs } from './pairs.ts';

function percent(share: number): string {
  const value = share * 100;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

function duration(ms: number): string {
  if (ms < 90_000) return `${Math.max(1, Math.round(ms / 1000))} s`;
  if (ms < 5_400_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}

/** What was left out, and how often. */
export function discardNotes(all: Pairs): string[] {
  return [...all.discarded].map(([reason, count]) => `${count} pair(s) of processes left out: ${reason}.`);
}

export function earlierNote(attempt: number, found: Verdict): string {
  return `Attempt ${attempt} found it ${found}; all attempts together do not show that it is within the margin.`;
}

/** Precision grows with the square root of time. */
function timeNeeded(judged: JudgedStatistic, msPerPair: number): string {
  if (judged.detectable === undefined || msPerPair <= 0) return '';
  const pairs = judged.pairs * Math.max(1, Math.log1p(judged.detectable) / Math.log1p(judged.margin)) ** 2;
  return `; ${percent(judged.margin)} would take about ${Math.ceil(pairs)} pairs, ${duration(pairs * msPerPair)}`;
}

function unresolved(judged: JudgedStatistic, msPerPair: number): string {
  const [low, high] = judged.interval.map((bound) => percent(bound - 1));
  if (judged.tooFewPairs || judged.detectable === undefined) {
    return `The ${judged.statistic} rests on ${judged.pairs} pairs of processes, too few for any verdict; give it more time.`;
  }
  const changed = judged.suspect ? 'a change was suspected and not confirmed' : 'no change was shown';
  return `The ${judged.statistic} could not be resolved: ${changed} (interval ${low} to ${high}), and the smallest detectable change was ${percent(judged.detectable)}${timeNeeded(judged, msPerPair)}.`;
}

/** What the reader should know beside the verdict. */
export function subjectNotes(
  statistics: readonly JudgedStatistic[],
  verdict: Verdict,
  msPerPair: number,
): string[] {
  const notes: string[] = [];
  for (const judged of statistics) {
    if (judged.verdict === 'inconclusive' && (verdict === 'inconclusive' || verdict === 'unchanged')) {
      notes.push(unresolved(judged, msPerPair));
    }
  }
  const found = statistics.filter(({ verdict: own }) => own === 'regressed' || own === 'improved');
  if (new Set(found.map(({ verdict: own }) => own)).size === 2) {
    notes.push('Its statistics changed in opposite directions: the usual case and the rare slow one differ.');
  }
  return notes;
}

/** What the reader should know of memory where it decides nothing. */
export function memoryNotes({ figures }: MemoryJudgement): string[] {
  const open = figures.filter(({ verdict }) => verdict === 'inconclusive').map(({ name }) => name);
  if (open.length === 0) return [];
  return [`Not decided, and without weight for the verdict: ${open.join(', ')}.`];
}
