import type { Finding, Report, Subject } from '../../kernel/report/schema.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { metricId } from './metrics.ts';
import { count, percent } from './words.ts';

/** The subject of a Report that a benchmark becomes. Pure. */
export function subjectOf(outcome: BenchmarkOutcome): Subject {
  const { subject, title } = outcome;
  switch (outcome.state) {
    case 'compared':
      return {
        id: subject,
        title,
        verdict: outcome.judgement.verdict,
        decidedBy: outcome.judgement.decidedBy.map((statistic) => metricId(subject, `wall-${statistic}`)),
      };
    case 'measured':
      return {
        id: subject,
        title,
        verdict: outcome.newBecause === undefined ? 'measured' : 'new',
        decidedBy: [],
      };
    default:
      return { id: subject, title, verdict: outcome.state, decidedBy: [] };
  }
}

/**
 * The verdict of the whole. Something wrong fails it; something unknown makes it inconclusive; a part that
 * could not run is never a pass.
 */
export function overallVerdict(
  subjects: readonly Subject[],
  findings: readonly Finding[],
): Report['verdict'] {
  const has = (...verdicts: Subject['verdict'][]): boolean =>
    subjects.some((subject) => verdicts.includes(subject.verdict));
  if (findings.some((entry) => entry.severity === 'error' && !entry.waiver)) return 'failed';
  if (has('failed', 'regressed')) return 'failed';
  if (has('inconclusive')) return 'inconclusive';
  if (subjects.length > 0 && subjects.every((subject) => subject.verdict === 'skipped')) return 'skipped';
  if (findings.some((entry) => entry.id.startsWith('base/'))) return 'inconclusive';
  const unrun = findings.some((entry) => entry.id === 'bench/toolchain-missing');
  if (unrun) return subjects.length === 0 ? 'skipped' : 'inconclusive';
  return 'passed';
}

/** One line that says it all: `1 of 12 benchmarks regressed: parse +8.1 % [6.9, 9.4]`. Pure. */
export function summarise(
  outcomes: readonly BenchmarkOutcome[],
  margin: number,
  against: string | undefined,
): string {
  const total = outcomes.length;
  if (total === 0) return 'no benchmark was measured';
  const compared = outcomes.filter((outcome) => outcome.state === 'compared');
  const of = (verdict: string) => compared.filter((outcome) => outcome.judgement.verdict === verdict);
  const failed = outcomes.filter((outcome) => outcome.state === 'failed');
  const parts: string[] = [];
  if (failed.length > 0)
    parts.push(`${failed.length} of ${count(total, 'benchmark')} failed: ${titles(failed)}`);
  const regressed = of('regressed');
  if (regressed.length > 0)
    parts.push(`${regressed.length} of ${count(total, 'benchmark')} regressed: ${changes(regressed)}`);
  const improved = of('improved');
  if (improved.length > 0) parts.push(`${improved.length} improved: ${changes(improved)}`);
  const unknown = outcomes.filter(
    (outcome) =>
      outcome.state === 'inconclusive' ||
      (outcome.state === 'compared' && outcome.judgement.verdict === 'inconclusive'),
  );
  if (unknown.length > 0) parts.push(`${unknown.length} of ${total} inconclusive: ${titles(unknown)}`);
  const unchanged = of('unchanged');
  if (unchanged.length > 0)
    parts.push(`${unchanged.length} unchanged within ${Math.round(margin * 1000) / 10} %`);
  const tally = (state: BenchmarkOutcome['state'], words: string): void => {
    const n = outcomes.filter((outcome) => outcome.state === state).length;
    if (n > 0) parts.push(`${n} ${words}`);
  };
  tally('identical', 'identical to the base');
  tally('skipped', 'skipped');
  const alone = outcomes.filter((outcome) => outcome.state === 'measured');
  const fresh = alone.filter((outcome) => outcome.newBecause !== undefined).length;
  if (fresh > 0) parts.push(`${fresh} new`);
  if (alone.length > fresh) {
    parts.push(
      `${count(alone.length - fresh, 'benchmark')} measured${against ? `, ${against}` : ', nothing to compare with'}`,
    );
  }
  return parts.join('; ');
}

function titles(outcomes: readonly BenchmarkOutcome[]): string {
  const shown = outcomes.slice(0, 3).map((outcome) => outcome.title);
  return outcomes.length > 3 ? `${shown.join(', ')} and ${outcomes.length - 3} more` : shown.join(', ');
}

function changes(outcomes: readonly Extract<BenchmarkOutcome, { state: 'compared' }>[]): string {
  const shown = outcomes.slice(0, 3).map((outcome) => {
    const main = outcome.judgement.statistics.find((entry) =>
      outcome.judgement.decidedBy.includes(entry.statistic),
    );
    if (!main) return outcome.title;
    const [low, high] = main.interval;
    return `${outcome.title} ${percent(main.ratio)} [${((low - 1) * 100).toFixed(1)}, ${((high - 1) * 100).toFixed(1)}]`;
  });
  return outcomes.length > 3 ? `${shown.join(', ')} and ${outcomes.length - 3} more` : shown.join(', ');
}
