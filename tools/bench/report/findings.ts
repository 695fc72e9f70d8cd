import type { Judgement, StatisticJudgement } from '../../compare/types.ts';
import { finding } from '../../kernel/report/finding.ts';
import type { Finding } from '../../kernel/report/schema.ts';
import type { Release } from '../drift/release.ts';
import type { BaselineJudgement, BenchmarkOutcome } from '../outcome.ts';
import { acceptCommand, type BenchFindingContext, location, reproduce } from './finding-parts.ts';
import { decidingCounts, regressedByCounts } from './instructions.ts';
import { memoryFindings } from './memory-findings.ts';
import { change, clause, duration, percent } from './words.ts';

export type { BenchFindingContext } from './finding-parts.ts';

/** Findings that one benchmark gives by itself. Pure. */
export function outcomeFindings(outcome: BenchmarkOutcome, context: BenchFindingContext): readonly Finding[] {
  switch (outcome.state) {
    case 'compared':
      return [
        ...(timeRegressed(outcome.judgement) ? [regressed(outcome, context)] : []),
        ...memoryFindings(outcome, context),
      ];
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

/** Not by memory alone. */
function timeRegressed({ verdict, decidedBy, counts, memory }: Judgement): boolean {
  if (verdict !== 'regressed') return false;
  const counted =
    counts?.role === 'decides' && counts.judgement.state === 'judged' ? counts.judgement : undefined;
  return decidedBy.length > 0 || counted?.verdict === 'regressed' || memory?.verdict !== 'regressed';
}

function regressed(
  outcome: Extract<BenchmarkOutcome, { state: 'compared' }>,
  context: BenchFindingContext,
): Finding {
  const { judgement } = outcome;
  const counted = decidingCounts(judgement);
  if (counted) return regressedByCounts(outcome, counted, context);
  const judged = judgement.statistics.filter((entry) => judgement.decidedBy.includes(entry.statistic));
  const main = judged[0] ?? judgement.statistics[0];
  if (context.release && main) return drifted(outcome, main, context.release, context);
  const which = main?.statistic === 'mean' ? 'mean time' : 'time';
  const message = main
    ? `${outcome.title} takes ${change(main.ratio)} ${which} than on ${context.baseRef.slice(0, 9)}: ${duration(main.base.value)} → ${duration(main.head.value)}, ${Math.round(main.confidence * 100)} % interval ${percent(main.interval[0])} to ${percent(main.interval[1])}, p = ${main.p.toPrecision(2)} where ${Number(main.alpha.toPrecision(3))} was allowed, ${main.pairs} pairs of fresh processes${main.confirmed ? ', confirmed by a second batch' : ''}.`
    : `${outcome.title} regressed.`;
  return finding(context, {
    id: 'bench/regressed',
    severity: 'error',
    subject: outcome.subject,
    message,
    remedy: `Look at what changed under this benchmark since the base (git diff ${context.baseRef.slice(0, 9)}). If the cost is intended, have it reviewed: ${acceptCommand(outcome, context)}.`,
    location: location(outcome),
    reproduce: reproduce(outcome, context),
    evidence: { statistics: judgement.statistics },
  });
}

/** As a regression, and against a release: many small ones that each passed show here. */
function drifted(
  outcome: Extract<BenchmarkOutcome, { state: 'compared' }>,
  main: StatisticJudgement,
  { tag, commit, behind }: Release,
  context: BenchFindingContext,
): Finding {
  const which = main.statistic === 'mean' ? 'mean time' : 'time';
  return finding(context, {
    id: 'bench/drifted',
    severity: 'error',
    subject: outcome.subject,
    message: `${outcome.title} takes ${change(main.ratio)} ${which} than at ${tag}, ${behind} commits ago: ${duration(main.base.value)} → ${duration(main.head.value)}, ${Math.round(main.confidence * 100)} % interval ${percent(main.interval[0])} to ${percent(main.interval[1])}, p = ${main.p.toPrecision(2)} where ${main.alpha.toPrecision(2)} was allowed, ${main.pairs} pairs of fresh processes. The margin of drift is ${(main.margin * 100).toFixed(1)} %.`,
    remedy: `See which commits did it: --explain lists them, --explain=bisect measures them. If the cost is intended, the next release tag accepts it; until then raise "drift": { "margin": … }.`,
    location: location(outcome),
    reproduce: reproduce(outcome, context),
    evidence: { statistics: outcome.judgement.statistics, tag, commit, behind },
  });
}

function slowerThanBaseline(
  outcome: BenchmarkOutcome,
  baseline: BaselineJudgement,
  context: BenchFindingContext,
): Finding {
  return finding(context, {
    id: 'bench/regressed',
    severity: 'error',
    subject: outcome.subject,
    message: `${outcome.title} takes ${change(baseline.ratio)} time than its baseline (${baseline.file}), ${percent(baseline.interval[0])} to ${percent(baseline.interval[1])}, ${baseline.note}.`,
    remedy: `Find the change with --base=<ref>, which measures both versions together. If the cost is intended, have it reviewed (${acceptCommand(outcome, context)}), or take the baseline anew with --update-baseline.`,
    location: location(outcome),
    reproduce: reproduce(outcome, context),
  });
}

function failed(
  outcome: Extract<BenchmarkOutcome, { state: 'failed' }>,
  context: BenchFindingContext,
): Finding {
  const { error, title, side, reason } = outcome;
  const where = side === 'base' ? ' on the base' : '';
  return finding(context, {
    id: error?.code ?? 'bench/failed',
    severity: 'error',
    subject: outcome.subject,
    message: error?.message ?? `${title} could not be measured${where}: ${clause(reason)}.`,
    remedy: error?.remedy ?? `Mend it in ${outcome.file}; the command shows it alone.`,
    location: location(outcome),
    reproduce: reproduce(outcome, context),
  });
}

function isNew(
  outcome: Extract<BenchmarkOutcome, { state: 'measured' }>,
  reason: string,
  context: BenchFindingContext,
): Finding {
  return finding(context, {
    id: 'bench/new',
    severity: 'info',
    subject: outcome.subject,
    message: `${outcome.title} has no verdict, since there is nothing to compare it with: ${clause(reason)}.`,
    remedy: 'Nothing to do: it will be compared once the base has it.',
    location: location(outcome),
  });
}
