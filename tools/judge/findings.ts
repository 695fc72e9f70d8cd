import type { ComparisonKind } from '../compare/recorded/judge-samples.ts';
import { errorFinding, type FindingContext, finding } from '../kernel/report/finding.ts';
import type { Finding } from '../kernel/report/schema.ts';
import type { Recording } from '../recordings/index.ts';
import { kindText } from './kind.ts';
import type { BenchmarkOutcome, FigureOutcome } from './outcome.ts';
import { count, listed, percent } from './words.ts';

type Judged = Extract<BenchmarkOutcome, { state: 'judged' }>;

/** Findings of a judgement: what regressed, what is unknown and why, and what kind of comparison it was. Pure. */
export function findingsOf(
  outcomes: readonly BenchmarkOutcome[],
  recordings: readonly [base: Recording, head: Recording],
  context: FindingContext,
  reproduce: readonly string[],
): readonly Finding[] {
  return [
    ...outcomes.flatMap((outcome) => ownFindings(outcome, recordings, context, reproduce)),
    ...unresolved(outcomes, context),
    ...kinds(outcomes, context),
    ...remarks(recordings, context),
  ];
}

function ownFindings(
  outcome: BenchmarkOutcome,
  [base, head]: readonly [Recording, Recording],
  context: FindingContext,
  reproduce: readonly string[],
): readonly Finding[] {
  const subject = outcome.id;
  if (outcome.state === 'broken') return [{ ...errorFinding(context, outcome.error), subject }];
  if (outcome.state === 'missing') {
    const [has, lacks] = outcome.from === 'head' ? [base.path, head.path] : [head.path, base.path];
    return [
      finding(context, {
        id: 'judge/missing',
        severity: 'warning',
        subject,
        message: `${subject} is in ${has} and not in ${lacks}: it has no verdict.`,
        remedy:
          'If it was renamed, added or removed, nothing is wrong; otherwise record the other side again.',
      }),
    ];
  }
  return outcome.verdict === 'regressed' ? [regressed(outcome, context, reproduce)] : [];
}

function regressed(outcome: Judged, context: FindingContext, reproduce: readonly string[]): Finding {
  const figures = outcome.figures.filter(
    (figure) => figure.state !== 'missing' && verdictIs(figure, 'regressed'),
  );
  const said = figures.map(clauseOf).join('; ');
  const [first] = figures;
  const kind =
    first?.state === 'judged' || first?.state === 'counted' ? ` It was ${kindText(first.kind)}.` : '';
  return finding(context, {
    id: 'judge/regressed',
    severity: 'error',
    subject: outcome.id,
    message: `${outcome.id} is worse: ${said}.${kind}`,
    remedy:
      'Measure both versions together to be sure that it is the code (npx nx run <project>:bench --base=<ref>, or runs in turns); then look at what changed.',
    reproduce: [...reproduce],
  });
}

function verdictIs(figure: FigureOutcome, verdict: string): boolean {
  if (figure.state === 'missing') return false;
  return (figure.state === 'judged' ? figure.judgement.verdict : figure.verdict) === verdict;
}

function clauseOf(figure: FigureOutcome): string {
  if (figure.state === 'missing') return '';
  const { name, unit } = figure.metric;
  if (figure.state === 'counted') {
    return `${name} from ${figure.base} to ${figure.head} ${unit}, p = ${figure.p.toPrecision(2)}`;
  }
  const { ratio, interval, confidence, p, alpha } = figure.judgement;
  const level = Math.floor(confidence * 1000) / 10;
  return `${name} ${percent(ratio)}, ${level} % interval ${percent(interval[0])} to ${percent(interval[1])}, p = ${p.toPrecision(2)} where ${Number(alpha.toPrecision(2))} was allowed`;
}

/** Why a benchmark has no verdict; all of one cause in one finding. */
function unresolved(outcomes: readonly BenchmarkOutcome[], context: FindingContext): readonly Finding[] {
  const open = outcomes.filter(
    (outcome): outcome is Judged => outcome.state === 'judged' && outcome.verdict === 'inconclusive',
  );
  const few = open.filter(({ figures }) =>
    figures.some((figure) => figure.state === 'judged' && figure.judgement.tooFew !== undefined),
  );
  const lost = open.filter(({ figures }) => figures.some(({ state }) => state === 'missing'));
  const rest = open.filter((outcome) => !few.includes(outcome) && !lost.includes(outcome));
  const names = (found: readonly Judged[]): string => listed(found.map(({ id }) => id));
  const findings: Finding[] = [];
  if (few.length > 0) {
    const needed = Math.max(
      ...few.flatMap(({ figures }) =>
        figures.flatMap((figure) => (figure.state === 'judged' ? [figure.judgement.tooFew ?? 0] : [])),
      ),
    );
    findings.push(
      finding(context, {
        id: 'judge/too-few-samples',
        severity: 'warning',
        message: `${count(few.length, 'benchmark')} ${few.length === 1 ? 'has' : 'have'} fewer samples than a change could be shown by: ${names(few)}.`,
        remedy: `Record at least ${Math.max(needed, 12)} samples on each side (or as many processes), such as with -count=12, --runs 12, -f 12.`,
      }),
    );
  }
  if (lost.length > 0) {
    findings.push(
      finding(context, {
        id: 'judge/missing-figure',
        severity: 'warning',
        message: `${count(lost.length, 'benchmark')} ${lost.length === 1 ? 'has' : 'have'} a figure on one side only: ${names(lost)}.`,
        remedy: 'Record both sides with the same settings.',
      }),
    );
  }
  if (rest.length > 0) {
    const [first] = rest;
    const why = first?.figures.find((figure) => verdictIs(figure, 'inconclusive'));
    const interval =
      why?.state === 'judged' ? ` (${first?.id}: ${clauseOf(why)}; ${why.judgement.notes.join('; ')})` : '';
    findings.push(
      finding(context, {
        id: 'judge/inconclusive',
        severity: 'warning',
        message: `${count(rest.length, 'benchmark')} could be told neither changed nor unchanged: ${names(rest)}${interval}.`,
        remedy:
          'Record more processes on each side, in turns, on a quieter machine; or name controls; or accept a wider margin.',
      }),
    );
  }
  return findings;
}

/** What each kind of comparison in this judgement was, and what it cannot bear. */
function kinds(outcomes: readonly BenchmarkOutcome[], context: FindingContext): readonly Finding[] {
  const found = new Map<string, { readonly kind: ComparisonKind; readonly ids: string[] }>();
  for (const outcome of outcomes) {
    if (outcome.state !== 'judged') continue;
    const [figure] = outcome.figures.flatMap((one) => (one.state === 'missing' ? [] : [one]));
    if (figure === undefined) continue;
    const text = kindText(figure.kind, false);
    const entry = found.get(text) ?? { kind: figure.kind, ids: [] };
    entry.ids.push(outcome.id);
    found.set(text, entry);
  }
  return [...found].map(([text, { kind, ids }]) =>
    finding(context, {
      id: 'judge/kind',
      severity: kind.design === 'other-machine' ? 'warning' : 'info',
      message: `${count(ids.length, 'benchmark')}: ${text}.${limitsOf(kind)
        .map((limit) => ` ${limit}`)
        .join('')}`,
      remedy: remedyOf(kind),
      evidence: { ...kind },
    }),
  );
}

function limitsOf(kind: ComparisonKind): readonly string[] {
  const limits: string[] = [];
  if (kind.design === 'other-machine') {
    limits.push(
      'Two machines differ by more than the code: without three control benchmarks no change is called.',
    );
  }
  if (kind.design === 'sequential') {
    limits.push(
      'What the machine did between the two recordings looks like a change of the code; the stated error rate does not cover that.',
    );
  }
  if (kind.machine === 'unknown') limits.push('That both are of one machine is taken from you.');
  if (kind.unit === 'sample') {
    limits.push(
      'Samples of one process resemble each other and are no independent measurements; an allowance is made, which some programs exceed.',
    );
  }
  if (kind.order === 'sorted') limits.push('Drift and warm-up cannot be seen in sorted samples.');
  if (kind.order === 'summary')
    limits.push('Of means and standard deviations neither outliers nor drift can be told.');
  return limits;
}

function remedyOf(kind: ComparisonKind): string {
  if (kind.design === 'other-machine')
    return 'Record both on one machine, or name controls (--controls=<regex>, at least three).';
  if (kind.unit === 'process' && kind.design === 'interleaved') return 'Nothing to do.';
  return 'For a surer verdict record several processes of each version in turns on one machine.';
}

function remarks(recordings: readonly [Recording, Recording], context: FindingContext): readonly Finding[] {
  const findings = recordings.flatMap((recording) =>
    recording.remarks.map((remark) =>
      finding(context, {
        id: 'judge/remark',
        severity: 'warning',
        message: `${recording.path}: ${remark}.`,
        remedy: 'Take care of it before the next recording.',
      }),
    ),
  );
  const [base, head] = recordings;
  const differing = Object.keys(base.runtimes).filter(
    (name) => head.runtimes[name] !== undefined && head.runtimes[name] !== base.runtimes[name],
  );
  if (differing.length === 0) return findings;
  const said = differing
    .map((name) => `${name} ${base.runtimes[name]} and ${head.runtimes[name]}`)
    .join(', ');
  return [
    ...findings,
    finding(context, {
      id: 'judge/other-runtime',
      severity: 'warning',
      message: `The recordings are of different versions: ${said}. A change may be theirs.`,
      remedy: 'Record both with the same versions, unless it is them that you compare.',
    }),
  ];
}
