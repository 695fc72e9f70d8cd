import type { Drift } from '../../compare/drift/index.ts';
import { finding } from '../../kernel/report/finding.ts';
import type { Comparison, Exhibit, Finding, Report } from '../../kernel/report/schema.ts';
import { count, percent } from '../report/words.ts';
import type { SubjectHistory } from './history.ts';

const TEST =
  'stratified permutation test of the largest partial sum and the correlation with time, values bounded';

/** What a history adds to a Report: comparisons of the metrics, findings, and its points. Pure. */
export function withHistory(
  report: Report,
  histories: readonly SubjectHistory[],
  notes: readonly string[],
  source: { readonly ref: string; readonly artifact: string; readonly margin: number },
): Report {
  const bySubject = new Map(histories.map((one) => [one.subject, one]));
  const metrics = report.metrics.map((metric) => {
    const own = bySubject.get(metric.subject);
    const isFloor = metric.witness === 'wall' && metric.statistic === 'floor' && metric.state === 'measured';
    if (!own || !isFloor) return metric;
    return { ...metric, comparisons: [...metric.comparisons, comparisonOf(own, source)] };
  });
  const drifting = histories.flatMap((one) => driftFinding(report, one));
  const summary = notesFinding(report, histories, notes, source.ref);
  const exhibit: Exhibit = {
    id: 'history',
    kind: 'series',
    title: 'Recorded history of each benchmark',
    unit: 'ns/op',
    artifact: source.artifact,
  };
  const artifact = { path: source.artifact, kind: 'series' };
  return {
    ...report,
    metrics,
    findings: [...report.findings, ...drifting, ...summary],
    ...(histories.length === 0
      ? {}
      : { exhibits: [...report.exhibits, exhibit], artifacts: [...report.artifacts, artifact] }),
  };
}

function comparisonOf(
  { drift, points }: SubjectHistory,
  { ref, margin }: { ref: string; margin: number },
): Comparison {
  const common = { against: 'history', ref, margin, design: 'sequential' } as const;
  const note = drift.notes.join(' ');
  switch (drift.state) {
    case 'too-few':
      return { ...common, verdict: 'inconclusive', note: `${tooFew(drift)}${note && ` ${note}`}` };
    case 'steady': {
      const verdict = drift.detectable <= margin ? 'unchanged' : 'inconclusive';
      const { p, alpha, detectable } = drift;
      return { ...common, p, test: TEST, alpha, detectable, verdict, ...(note ? { note } : {}) };
    }
    case 'drifted': {
      const { ratio, interval } = drift.total;
      const verdict =
        Math.abs(Math.log(ratio)) <= Math.log1p(margin / 2)
          ? 'unchanged'
          : ratio > 1
            ? 'regressed'
            : 'improved';
      const first = points[drift.span[0]];
      return {
        ...common,
        ...(first ? { value: first.value, interval: [...first.interval] } : {}),
        change: { ratio, interval: [...interval], confidence: 0.99 },
        p: drift.p,
        test: TEST,
        alpha: drift.alpha,
        verdict,
        note: [shapeOf(drift, points), ...drift.notes].join(' '),
      };
    }
  }
}

function driftFinding(report: Report, history: SubjectHistory): readonly Finding[] {
  const { subject, drift, points, runtimes } = history;
  if (drift.state !== 'drifted' || drift.total.ratio <= 1) return [];
  const [low, high] = drift.total.interval;
  const title = report.subjects.find(({ id }) => id === subject)?.title ?? subject;
  const changed =
    runtimes.length > 0
      ? ` On the way ${runtimes.length === 1 ? 'a runtime' : 'runtimes'} changed: ${runtimes.join(', ')}.`
      : '';
  const [from, to] = drift.steps[0]?.within ?? drift.span;
  const [before, after] = [points[from]?.commit.slice(0, 9) ?? '', points[to]?.commit.slice(0, 9) ?? ''];
  return [
    finding(report, {
      id: 'bench/drifting',
      severity: 'warning',
      subject,
      message: `${title} has become ${percent(drift.total.ratio)} slower along its history of ${count(drift.used.length, 'point')}, 99 % interval ${percent(low)} to ${percent(high)}, p = ${drift.p.toPrecision(2)} where ${drift.alpha} was allowed. ${shapeOf(drift, points)}${changed}`,
      remedy: `Measure both ends on one machine: --base=${before}${drift.steps.length > 0 ? ` in a checkout of ${after}, with --explain=bisect` : ''}. If it is the machine that changed, name control benchmarks in "controls" of assay/bench.json.`,
      evidence: { drift, points: drift.used.length },
    }),
  ];
}

function notesFinding(
  report: Report,
  histories: readonly SubjectHistory[],
  notes: readonly string[],
  ref: string,
): readonly Finding[] {
  const few = histories.flatMap(({ drift }) => (drift.state === 'too-few' ? [drift] : []));
  const said = [...notes];
  if (histories.length === 0) said.unshift(`${ref} has no recorded figures yet.`);
  if (few.length > 0) {
    const most = Math.max(...few.map(({ used }) => used.length));
    said.unshift(
      `${few.length} of ${count(histories.length, 'benchmark')} ${few.length === 1 ? 'has' : 'have'} too few points for a verdict (${most} at most; ${few[0]?.needed} of one class of machine are needed).`,
    );
  }
  if (said.length === 0) return [];
  return [
    finding(report, {
      id: 'bench/history-notes',
      severity: 'info',
      message: `Of the history of the benchmarks (${ref}): ${said.join(' ')}`,
      remedy:
        'Nothing needs to be done; more recorded figures make more visible (--update-baseline, or kept Reports by --history).',
    }),
  ];
}

function shapeOf(drift: Extract<Drift, { state: 'drifted' }>, points: SubjectHistory['points']): string {
  const name = (index: number): string => points[index]?.commit.slice(0, 9) ?? '?';
  if (drift.shape === 'slope') {
    const [from, to] = drift.span;
    return `It is a slow slope from ${name(from)} to ${name(to)}; no single step explains it.`;
  }
  const steps = drift.steps.map(
    ({ ratio, within: [from, to] }) => `${percent(ratio)} between ${name(from)} and ${name(to)}`,
  );
  return `It is ${steps.length === 1 ? 'one step' : `${steps.length} steps`}: ${steps.join(', ')}.`;
}

function tooFew({ used, needed }: Extract<Drift, { state: 'too-few' }>): string {
  return `The history has ${count(used.length, 'point')}; ${needed} of one class of machine are needed.`;
}
