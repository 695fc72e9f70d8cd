import type { Environment, Finding, Report } from '../../kernel/report/schema.ts';
import { REPORT_SCHEMA_ID } from '../../kernel/report/schema.ts';
import { waiversBySubject } from '../../kernel/report/waivers.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import type { BenchSettings } from '../settings/settings.ts';
import { judgeBudgets } from './budgets.ts';
import { type BenchFindingContext, outcomeFindings } from './findings.ts';
import { metricsOf } from './metrics.ts';
import { runFindings } from './notes.ts';
import { summarise } from './summary.ts';
import { overallVerdict, subjectOf } from './verdict.ts';
import { type RunWaivers, withWaivers } from './waivers.ts';

export interface BenchRun {
  readonly context: BenchFindingContext;
  readonly run: Report['run'];
  readonly settings: Pick<BenchSettings, 'mode' | 'judge' | 'config'>;
  readonly outcomes: readonly BenchmarkOutcome[];
  /** Findings of the run itself: a base that cannot be had, a missing toolchain, … */
  readonly findings: readonly Finding[];
  /** What is accepted, in quarantine, or too few. */
  readonly waivers?: RunWaivers;
  readonly environment: Environment;
  readonly samplesArtifact: string;
  readonly artifacts: Report['artifacts'];
  /** Replaces the usual summary, where nothing was measured on purpose. */
  readonly summary?: string;
}

/** A run as a Report. Pure: policy and samples in, verdicts out. */
export function assembleReport(run: BenchRun): Report {
  const { settings, outcomes, context } = run;
  const metrics = outcomes.flatMap((outcome) =>
    metricsOf(outcome, {
      samplesArtifact: run.samplesArtifact,
      baseRef: context.baseRef,
      ...(context.release ? { release: context.release.tag } : {}),
    }),
  );
  const subjects = outcomes.map(subjectOf);
  const judged = settings.config.budgets
    ? judgeBudgets(settings.config.budgets, { metrics, subjects }, context)
    : { metrics, subjects, findings: [] };
  const holds = run.waivers?.quarantine.holds ?? (() => undefined);
  const found = {
    capability: 'bench',
    project: context.project,
    run: run.run,
    subjects: [...judged.subjects],
    metrics: [...judged.metrics],
    findings: [
      ...run.findings,
      ...outcomes.flatMap((outcome) => outcomeFindings(outcome, context)),
      ...judged.findings,
      ...runFindings(
        outcomes.filter(({ subject }) => holds(subject) === undefined),
        context,
      ),
    ],
  };
  const findings = run.waivers ? withWaivers(found, run.waivers) : found.findings;
  return {
    schema: REPORT_SCHEMA_ID,
    ...found,
    ...concludeFrom({ ...found, findings }, run.summary),
    enforcement: settings.mode,
    exhibits: [],
    environment: run.environment,
    artifacts: [...run.artifacts],
  };
}

/** What follows from subjects and findings, again after a waiver was added. Pure. */
export function concludeFrom(
  judged: Pick<Report, 'subjects' | 'metrics' | 'findings'>,
  known?: string,
): Pick<Report, 'verdict' | 'summary' | 'findings'> {
  const { subjects, metrics, findings } = judged;
  const errors = findings.filter((entry) => entry.severity === 'error' && !entry.subject);
  const summary = known ?? summarise(subjects, metrics, waiversBySubject(findings));
  return {
    verdict: overallVerdict(subjects, findings),
    summary: subjects.length === 0 && errors[0] ? errors[0].message : summary,
    findings,
  };
}
