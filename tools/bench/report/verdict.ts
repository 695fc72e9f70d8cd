import type { Judgement } from '../../compare/types.ts';
import type { Finding, Report, Subject } from '../../kernel/report/schema.ts';
import { waiversBySubject } from '../../kernel/report/waivers.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { decidingCounts, INSTRUCTIONS } from './instructions.ts';
import { metricId } from './metrics.ts';

/** The subject of a Report that a benchmark becomes. Pure. */
export function subjectOf(outcome: BenchmarkOutcome): Subject {
  const { subject, title } = outcome;
  switch (outcome.state) {
    case 'compared':
      return {
        id: subject,
        title,
        verdict: outcome.judgement.verdict,
        decidedBy: [
          ...outcome.judgement.decidedBy.map((statistic) => metricId(subject, `wall-${statistic}`)),
          ...(decidingCounts(outcome.judgement) ? [metricId(subject, INSTRUCTIONS)] : []),
          ...memoryDecides(outcome.judgement).map((name) => metricId(subject, name)),
        ],
      };
    case 'measured': {
      if (outcome.baseline) {
        return {
          id: subject,
          title,
          verdict: outcome.baseline.verdict,
          decidedBy: [metricId(subject, 'wall-floor')],
        };
      }
      const verdict = outcome.newBecause === undefined ? 'measured' : 'new';
      return { id: subject, title, verdict, decidedBy: [] };
    }
    default:
      return { id: subject, title, verdict: outcome.state, decidedBy: [] };
  }
}

/** Figures of memory that changed the way the whole did: that they are unchanged decides nothing. */
function memoryDecides({ verdict, memory }: Judgement): readonly string[] {
  const changed = verdict === 'regressed' || verdict === 'improved';
  return changed && memory?.verdict === verdict ? memory.decidedBy : [];
}

/**
 * The verdict of the whole. Something wrong fails it; something unknown makes it inconclusive; a part that
 * could not run is never a pass. What a waiver covers does not count.
 */
export function overallVerdict(
  subjects: readonly Subject[],
  findings: readonly Finding[],
): Report['verdict'] {
  const waived = waiversBySubject(findings);
  const counted = subjects.filter(({ id }) => !waived.has(id));
  const has = (...verdicts: Subject['verdict'][]): boolean =>
    counted.some((subject) => verdicts.includes(subject.verdict));
  if (findings.some((entry) => entry.severity === 'error' && !entry.waiver)) return 'failed';
  if (has('failed', 'regressed')) return 'failed';
  if (has('inconclusive')) return 'inconclusive';
  if (counted.length > 0 && counted.every((subject) => subject.verdict === 'skipped')) return 'skipped';
  const doubtful = (id: string): boolean =>
    id.startsWith('base/') || id.startsWith('bench/canary-') || id === 'bench/changed-while-measuring';
  if (findings.some((entry) => !entry.waiver && doubtful(entry.id))) return 'inconclusive';
  const unrun = findings.some((entry) => entry.id === 'bench/toolchain-missing');
  if (unrun) return subjects.length === 0 ? 'skipped' : 'inconclusive';
  return 'passed';
}
