import { type FindingContext, finding } from '../../kernel/report/finding.ts';
import type { Comparison, Finding, Metric, Subject } from '../../kernel/report/schema.ts';
import type { BenchConfig } from '../config.ts';
import { parseDuration } from '../settings/duration.ts';
import { pattern } from '../settings/pattern.ts';
import { duration } from './words.ts';

interface Judged {
  readonly metrics: readonly Metric[];
  readonly subjects: readonly Subject[];
  readonly findings: readonly Finding[];
}

/**
 * Judges absolute limits (`budgets` of assay/bench.json). A limit is broken where the whole interval lies
 * above it, kept where the whole interval lies below it, and undecided between. Pure.
 *
 * @throws AssayError for a limit in unknown units or a broken pattern
 */
export function judgeBudgets(
  budgets: NonNullable<BenchConfig['budgets']>,
  given: { readonly metrics: readonly Metric[]; readonly subjects: readonly Subject[] },
  context: FindingContext,
): Judged {
  const findings: Finding[] = [];
  const verdicts = new Map<string, 'over' | 'inconclusive' | 'within'>();
  const metrics = given.metrics.map((metric) => {
    if (metric.state !== 'measured' || metric.unit !== 'ns/op' || metric.statistic !== 'floor') return metric;
    const added = budgets
      .filter((budget) => pattern(budget.benchmark, 'budgets of assay/bench.json').test(metric.subject))
      .flatMap((budget) => {
        if (budget.max === undefined) return [];
        const max = parseDuration(budget.max, 'budgets of assay/bench.json');
        const comparison = compareWith(metric, max, budget.severity === 'error' ? 'budget' : 'warning');
        if (comparison.verdict === 'over') findings.push(overBudget(metric, max, budget.severity, context));
        if (budget.severity === 'error') note(verdicts, metric.subject, comparison.verdict);
        return [comparison];
      });
    return { ...metric, comparisons: [...metric.comparisons, ...added] };
  });
  const subjects = given.subjects.map((subject) => combine(subject, verdicts.get(subject.id)));
  return { metrics, subjects, findings };
}

function compareWith(metric: Metric, max: number, against: 'budget' | 'warning'): Comparison {
  const [low, high] = metric.interval ?? [metric.value ?? Number.NaN, metric.value ?? Number.NaN];
  const verdict = low > max ? 'over' : high <= max ? 'within' : 'inconclusive';
  return { against, ref: 'assay/bench.json', value: max, verdict };
}

function note(
  verdicts: Map<string, 'over' | 'inconclusive' | 'within'>,
  subject: string,
  verdict: Comparison['verdict'],
): void {
  if (verdict === 'over') verdicts.set(subject, 'over');
  else if (verdict === 'inconclusive' && verdicts.get(subject) !== 'over')
    verdicts.set(subject, 'inconclusive');
}

/** A regression stays a regression; a budget can only make the rest worse. */
function combine(subject: Subject, budget: 'over' | 'inconclusive' | 'within' | undefined): Subject {
  if (budget === undefined || subject.verdict === 'failed' || subject.verdict === 'regressed') return subject;
  const decidedBy = [...new Set([...subject.decidedBy, `${subject.id}#wall-floor`])];
  if (budget === 'over') return { ...subject, verdict: 'over', decidedBy };
  return subject.verdict === 'inconclusive' ? subject : { ...subject, verdict: 'inconclusive', decidedBy };
}

function overBudget(
  metric: Metric,
  max: number,
  severity: 'error' | 'warning',
  context: FindingContext,
): Finding {
  return finding(context, {
    id: 'bench/over-budget',
    severity,
    subject: metric.subject,
    message: `${metric.subject} takes ${duration(metric.value ?? 0)} and may take ${duration(max)}; even the lower bound of its interval, ${duration(metric.interval?.[0] ?? 0)}, is above.`,
    remedy: 'Make it faster, or raise its "max" in assay/bench.json, with the reason in the commit.',
    evidence: { max, value: metric.value, interval: metric.interval },
  });
}
