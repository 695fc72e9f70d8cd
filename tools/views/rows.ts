import type { Comparison, Metric, Report, Subject, Waiver } from '../kernel/report/schema.ts';
import { waiversBySubject } from '../kernel/report/waivers.ts';
import { formatChange, formatChangeInterval, formatDifference, formatDifferenceInterval } from './number.ts';

/** One line of the delta table, before any formatting. */
export interface DeltaRow {
  readonly subject: Subject;
  /** The metric whose figures are shown: the deciding one, or the first measured. */
  readonly metric: Metric | undefined;
  readonly comparison: Comparison | undefined;
  /** Further metrics with a verdict of their own that a reader should see (a mean beside a floor, a budget). */
  readonly also: readonly { readonly metric: Metric; readonly comparison: Comparison }[];
  /** Why there are no figures. */
  readonly reason: string | undefined;
  /** Why its verdict does not count. */
  readonly waiver: Waiver | undefined;
}

const RANK: Readonly<Record<Subject['verdict'], number>> = {
  failed: 0,
  regressed: 1,
  over: 2,
  inconclusive: 3,
  skipped: 4,
  improved: 5,
  new: 6,
  unchanged: 7,
  within: 8,
  measured: 9,
  identical: 10,
};

/** Rows of a Report: what failed first, then by name. Pure. */
export function deltaRows(report: Report): readonly DeltaRow[] {
  const byId = new Map(report.metrics.map((metric) => [metric.id, metric]));
  const bySubject = new Map<string, Metric[]>();
  for (const metric of report.metrics) {
    const list = bySubject.get(metric.subject) ?? [];
    list.push(metric);
    bySubject.set(metric.subject, list);
  }
  const waivers = waiversBySubject(report.findings);
  const rows = report.subjects.map((subject) => ({
    ...rowOf(subject, byId, bySubject.get(subject.id) ?? []),
    waiver: waivers.get(subject.id),
  }));
  return rows.sort(
    (a, b) => RANK[a.subject.verdict] - RANK[b.subject.verdict] || a.subject.id.localeCompare(b.subject.id),
  );
}

function rowOf(
  subject: Subject,
  byId: ReadonlyMap<string, Metric>,
  metrics: readonly Metric[],
): Omit<DeltaRow, 'waiver'> {
  const decided = subject.decidedBy.map((id) => byId.get(id)).find((metric) => metric !== undefined);
  const metric = decided ?? metrics.find((candidate) => candidate.state === 'measured') ?? metrics[0];
  const comparison = metric ? mainComparison(metric, subject.verdict) : undefined;
  const also = metrics.flatMap((candidate) =>
    candidate.comparisons
      .filter((entry) => entry !== comparison && isNoteworthy(entry))
      .map((entry) => ({ metric: candidate, comparison: entry })),
  );
  return { subject, metric, comparison, also, reason: metric?.reason };
}

/** Columns of a row's change: by a ratio, or by an amount where a side is at zero. */
export function changeCells({ metric, comparison }: DeltaRow): readonly [change: string, interval: string] {
  const unit = metric?.unit ?? '';
  const { change, difference } = comparison ?? {};
  if (change === undefined && difference !== undefined) {
    return [formatDifference(difference.value, unit), formatDifferenceInterval(difference.interval, unit)];
  }
  return [formatChange(change?.ratio), change ? formatChangeInterval(change.interval) : '–'];
}

/** What a verdict is of, where it is not the usual time: `mean`, `B/op`, `peak memory`. Not escaped. */
export function wordOf({ name, statistic, unit, witness }: Metric): string {
  if (witness === 'instructions') return witness;
  if (witness !== 'memory' && witness !== 'allocations') return statistic;
  return unit === 'B/op' || unit === 'allocs/op' ? unit : name;
}

/** What else has a verdict to look at, grouped by it: `mean, B/op regressed`. Not escaped. */
export function alsoTexts({ also }: DeltaRow): readonly string[] {
  const words = new Map<string, string[]>();
  for (const { metric, comparison } of also) {
    words.set(comparison.verdict, [...(words.get(comparison.verdict) ?? []), wordOf(metric)]);
  }
  return [...words].map(([verdict, of]) => `${of.join(', ')} ${verdict}`);
}

/** Beside the verdict of a row: `mean`, or what of memory decided; empty for the usual time. Not escaped. */
export function decidedWord({ metric, comparison }: DeltaRow): string {
  if (metric === undefined || (comparison?.change ?? comparison?.difference) === undefined) return '';
  const word = wordOf(metric);
  return word === 'floor' || word === 'median' ? '' : word;
}

function mainComparison(metric: Metric, verdict: Subject['verdict']): Comparison | undefined {
  // Its own session against many others: told by findings, and no figure to set beside this one.
  const shown = metric.comparisons.filter(({ against }) => against !== 'history');
  return shown.find((entry) => entry.verdict === verdict) ?? shown[0];
}

function isNoteworthy(comparison: Comparison): boolean {
  if (comparison.against === 'history') return false;
  return (
    comparison.verdict === 'regressed' || comparison.verdict === 'improved' || comparison.verdict === 'over'
  );
}

/** What the figures are set against, in words: `base 3f2a1c9`, `baseline`, or nothing. */
export function againstOf(report: Report): string | undefined {
  for (const metric of report.metrics) {
    const first = metric.comparisons.find(
      ({ against }) => against === 'base' || against === 'release' || against === 'baseline',
    );
    if (first) return `${first.against} ${first.against === 'base' ? shortRef(first.ref) : first.ref}`;
  }
  return report.run.base ? `base ${shortRef(report.run.base)}` : undefined;
}

function shortRef(ref: string): string {
  return /^[0-9a-f]{40}$/.test(ref) ? ref.slice(0, 9) : ref;
}
