import type { Environment, Finding, Report } from '../../kernel/report/schema.ts';
import { REPORT_SCHEMA_ID } from '../../kernel/report/schema.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import type { BenchSettings } from '../settings/settings.ts';
import { judgeBudgets } from './budgets.ts';
import { type BenchFindingContext, outcomeFindings } from './findings.ts';
import { metricsOf } from './metrics.ts';
import { runFindings } from './notes.ts';
import { summarise } from './summary.ts';
import { overallVerdict, subjectOf } from './verdict.ts';

export interface BenchRun {
  readonly context: BenchFindingContext;
  readonly run: Report['run'];
  readonly settings: Pick<BenchSettings, 'mode' | 'judge' | 'config'>;
  readonly outcomes: readonly BenchmarkOutcome[];
  /** Findings of the run itself: a base that cannot be had, a missing toolchain, … */
  readonly findings: readonly Finding[];
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
    }),
  );
  const subjects = outcomes.map(subjectOf);
  const judged = settings.config.budgets
    ? judgeBudgets(settings.config.budgets, { metrics, subjects }, context)
    : { metrics, subjects, findings: [] };
  const findings = [
    ...run.findings,
    ...outcomes.flatMap((outcome) => outcomeFindings(outcome, context)),
    ...judged.findings,
    ...runFindings(outcomes, context),
  ];
  const errors = findings.filter((entry) => entry.severity === 'error' && !entry.subject);
  const summary = run.summary ?? summarise(judged.subjects, judged.metrics);
  return {
    schema: REPORT_SCHEMA_ID,
    capability: 'bench',
    project: context.project,
    run: run.run,
    verdict: overallVerdict(judged.subjects, findings),
    enforcement: settings.mode,
    summary: outcomes.length === 0 && errors[0] ? errors[0].message : summary,
    subjects: [...judged.subjects],
    metrics: [...judged.metrics],
    findings,
    exhibits: [],
    environment: run.environment,
    artifacts: [...run.artifacts],
  };
}
