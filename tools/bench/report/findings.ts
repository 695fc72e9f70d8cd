import { createHash } from 'node:crypto';
import type { AssayError } from '../../kernel/errors/assay-error.ts';
import type { Finding } from '../../kernel/report/schema.ts';
import type { BaselineJudgement, BenchmarkOutcome } from '../outcome.ts';
import { change, duration, percent } from './words.ts';

/** What every finding of a run shares. */
export interface FindingContext {
  readonly project: string;
  /** `<project>:<target>`. */
  readonly target: string;
  readonly baseRef: string;
}

const HELP = 'https://github.com/nx-assay/nx-assay/blob/main/docs/bench.md';

/** A finding that stays the same when lines move or neighbours are renamed: it keys on project, rule and subject. */
export function finding(
  context: FindingContext,
  parts: Omit<Finding, 'fingerprint' | 'help' | 'subject'> & { subject?: string },
): Finding {
  const key = [context.project, parts.id, parts.subject ?? ''].join('\0');
  return {
    ...parts,
    fingerprint: createHash('sha256').update(key).digest('hex').slice(0, 16),
    help: `${HELP}#${parts.id.replace('/', '-')}`,
  };
}

/** A user's mistake or a condition of the machine as a finding. */
export function errorFinding(
  context: FindingContext,
  error: AssayError,
  severity: Finding['severity'] = 'error',
): Finding {
  return finding(context, {
    id: error.code,
    severity,
    message: error.message,
    remedy: error.remedy,
    evidence: { ...error.params },
  });
}

/** Findings that one benchmark gives by itself. Pure. */
export function outcomeFindings(outcome: BenchmarkOutcome, context: FindingContext): readonly Finding[] {
  switch (outcome.state) {
    case 'compared':
      return outcome.judgement.verdict === 'regressed' ? [regressed(outcome, context)] : [];
    case 'failed':
      return [failed(outcome, context)];
    case 'measured':
      if (outcome.baseline?.verdict === 'regressed')
        return [slowerThanBaseline(outcome, outcome.baseline, context)];
      return outcome.newBecause === undefined ? [] : [isNew(outcome, outcome.newBecause, context)];
    default:
      return [];
  }
}

function regressed(
  outcome: Extract<BenchmarkOutcome, { state: 'compared' }>,
  context: FindingContext,
): Finding {
  const { judgement } = outcome;
  const judged = judgement.statistics.filter((entry) => judgement.decidedBy.includes(entry.statistic));
  const main = judged[0] ?? judgement.statistics[0];
  const which = main?.statistic === 'mean' ? 'mean time' : 'time';
  const message = main
    ? `${outcome.title} takes ${change(main.ratio)} ${which} than on ${context.baseRef.slice(0, 9)}: ${duration(main.base.value)} → ${duration(main.head.value)}, ${Math.round(main.confidence * 100)} % interval ${percent(main.interval[0])} to ${percent(main.interval[1])}, p = ${main.p.toPrecision(2)} where ${main.alpha} was allowed, ${main.pairs} pairs of fresh processes${main.confirmed ? ', confirmed by a second batch' : ''}.`
    : `${outcome.title} regressed.`;
  return finding(context, {
    id: 'bench/regressed',
    severity: 'error',
    subject: outcome.subject,
    message,
    remedy: `Look at what changed under this benchmark since the base (git diff ${context.baseRef.slice(0, 9)}). If the cost is intended, raise "margin" for it in assay/bench.json, with the reason in the commit.`,
    location: location(outcome),
    reproduce: reproduce(outcome, context),
    evidence: { statistics: judgement.statistics },
  });
}

function slowerThanBaseline(
  outcome: BenchmarkOutcome,
  baseline: BaselineJudgement,
  context: FindingContext,
): Finding {
  return finding(context, {
    id: 'bench/regressed',
    severity: 'error',
    subject: outcome.subject,
    message: `${outcome.title} takes ${change(baseline.ratio)} time than its baseline (${baseline.file}), ${percent(baseline.interval[0])} to ${percent(baseline.interval[1])}, ${baseline.note}.`,
    remedy:
      'Find the change with --base=<ref>, which measures both versions together. If the cost is intended, take the baseline anew with --update-baseline.',
    location: location(outcome),
    reproduce: reproduce(outcome, context),
  });
}

function failed(outcome: Extract<BenchmarkOutcome, { state: 'failed' }>, context: FindingContext): Finding {
  return finding(context, {
    id: 'bench/failed',
    severity: 'error',
    subject: outcome.subject,
    message: `${outcome.title} did not measure on the ${outcome.side} side: ${outcome.reason}.`,
    remedy: `Run it alone and mend it: ${outcome.file}. The other benchmarks were measured.`,
    location: location(outcome),
    reproduce: reproduce(outcome, context),
  });
}

function isNew(
  outcome: Extract<BenchmarkOutcome, { state: 'measured' }>,
  reason: string,
  context: FindingContext,
): Finding {
  return finding(context, {
    id: 'bench/new',
    severity: 'info',
    subject: outcome.subject,
    message: `${outcome.title} has no verdict, since it does not run on the base: ${reason}.`,
    remedy: 'Nothing to do: it will be compared once the base has it.',
    location: location(outcome),
  });
}

function location(outcome: BenchmarkOutcome): NonNullable<Finding['location']> {
  return { file: outcome.file, ...(outcome.line === undefined ? {} : { line: outcome.line }) };
}

function reproduce(outcome: BenchmarkOutcome, context: FindingContext): string[] {
  const filter = `^${outcome.subject.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
  const base = context.baseRef ? [`--base=${context.baseRef.slice(0, 12)}`] : [];
  return ['npx', 'nx', 'run', context.target, ...base, `--filter=${filter}`];
}
