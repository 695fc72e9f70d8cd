import type { Report } from '../../tools/kernel/report/schema.ts';

type Subject = Report['subjects'][number];

/**
 * The benchmark of a name in a Report, whatever its harness puts around it: `own` is
 * `web.bench.ts › own`, `test_digest [own]` and `BenchmarkDigest/own`.
 *
 * @throws Error where there is none, or more than one
 */
export function subjectNamed(report: Report, name: string): Subject {
  const found = report.subjects.filter(({ id }) => id.split(/[^\w-]+/).includes(name));
  if (found.length !== 1) {
    const ids = report.subjects.map(({ id }) => id).join(', ');
    throw new Error(`${found.length} benchmarks of ${report.project} are named ${name}: ${ids || 'none'}`);
  }
  return found[0]!;
}

export function verdictOf(report: Report, name: string): Subject['verdict'] {
  return subjectNamed(report, name).verdict;
}

/** The change of a benchmark, by default against the base, as ratio and interval, by what decided or the most precise statistic. */
export function changeOf(
  report: Report,
  name: string,
  against: 'base' | 'release' = 'base',
): { readonly ratio: number; readonly low: number; readonly high: number } | undefined {
  const { id, decidedBy } = subjectNamed(report, name);
  const metrics = report.metrics.filter((metric) => metric.subject === id && metric.witness === 'wall');
  const metric = metrics.find((each) => decidedBy.includes(each.id)) ?? metrics[0];
  const change = metric?.comparisons.find((each) => each.against === against)?.change;
  return change && { ratio: change.ratio, low: change.interval[0], high: change.interval[1] };
}

/** Ids of a Report's findings, sorted, each once. */
export function findingIds(report: Report): string[] {
  return [...new Set(report.findings.map(({ id }) => id))].sort();
}
