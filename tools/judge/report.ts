import { randomUUID } from 'node:crypto';
import type { AssayError } from '../kernel/errors/assay-error.ts';
import { errorFinding, type FindingContext } from '../kernel/report/finding.ts';
import {
  type Environment,
  type Finding,
  REPORT_SCHEMA_ID,
  type Report,
  type Subject,
} from '../kernel/report/schema.ts';
import type { Recording } from '../recordings/index.ts';
import { findingsOf } from './findings.ts';
import type { RecordingsJudgement } from './judge-recordings.ts';
import { metricId, metricsOf } from './metrics.ts';
import { type BenchmarkOutcome, figureVerdict } from './outcome.ts';
import type { JudgeRequest } from './request.ts';
import { count, listed, percent } from './words.ts';

/** When and for how long was judged. */
export interface Surroundings {
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly ci: { readonly name: string; readonly branch: string };
}

/** A judgement as a Report. Pure but for its id. */
export function judgementReport(
  judgement: RecordingsJudgement,
  recordings: readonly [base: Recording, head: Recording],
  request: JudgeRequest,
  mode: Report['enforcement'],
  around: Surroundings,
): Report {
  const context = contextOf(request);
  const { outcomes } = judgement;
  const findings = findingsOf(outcomes, recordings, context, reproduceOf(request));
  const subjects = outcomes.map(subjectOf);
  const files = { base: recordings[0].path, head: recordings[1].path };
  return {
    ...frame(request, around),
    verdict: overall(subjects, findings),
    enforcement: mode,
    summary: summarise(outcomes, subjects),
    subjects,
    metrics: outcomes.flatMap((outcome) => metricsOf(outcome, files)),
    findings: [...findings],
    environment: environmentOf(recordings[1], around),
    artifacts: [
      { path: files.base, kind: 'recording' },
      { path: files.head, kind: 'recording' },
    ],
  };
}

/** A judgement that could not be made, as a Report that failed. */
export function failedReport(
  error: AssayError,
  request: JudgeRequest,
  mode: Report['enforcement'],
  around: Surroundings,
): Report {
  return {
    ...frame(request, around),
    verdict: 'failed',
    enforcement: mode,
    summary: error.message,
    subjects: [],
    metrics: [],
    findings: [errorFinding(contextOf(request), error)],
    environment: environmentOf(undefined, around),
    artifacts: [],
  };
}

function contextOf(request: JudgeRequest): FindingContext {
  return { capability: 'judge', project: request.project.name };
}

function reproduceOf(request: JudgeRequest): readonly string[] {
  return ['npx', 'nx', 'run', request.target, `--base=${request.base.shown}`, `--head=${request.head.shown}`];
}

function frame(request: JudgeRequest, around: Surroundings) {
  return {
    schema: REPORT_SCHEMA_ID,
    capability: 'judge',
    project: request.project.name,
    run: {
      id: randomUUID(),
      target: request.target,
      configuration: request.configuration,
      mode: 'compare' as const,
      attempt: 1,
      shard: { index: 1, of: 1 },
      branch: around.ci.branch,
      ci: around.ci.name,
    },
    exhibits: [],
  } as const satisfies Partial<Report>;
}

/** Where head was recorded, as far as the file says: the machine that judges is of no interest. */
function environmentOf(recording: Recording | undefined, around: Surroundings): Environment {
  const machine = recording?.machine ?? {};
  const said = Object.values(machine).join(' · ');
  return {
    machine: said === '' ? 'not recorded' : `recorded: ${said}`,
    cpu: machine.cpu ?? '',
    cores: Math.max(0, Math.trunc(Number(machine.cores)) || 0),
    os: machine.os ?? '',
    runtimes: { ...recording?.runtimes },
    tools: recording === undefined ? {} : { recording: recording.format },
    commit: '',
    dirty: false,
    taskHash: '',
    startedAt: around.startedAt.toISOString(),
    durationMs: Math.round(around.durationMs),
  };
}

function subjectOf(outcome: BenchmarkOutcome): Subject {
  const { id } = outcome;
  if (outcome.state === 'broken') return { id, title: id, verdict: 'failed', decidedBy: [] };
  if (outcome.state === 'missing') {
    return { id, title: id, verdict: outcome.from === 'base' ? 'new' : 'skipped', decidedBy: [] };
  }
  const decidedBy = outcome.figures
    .filter((figure) => figureVerdict(figure) === outcome.verdict)
    .map((figure) => metricId(id, figure));
  return { id, title: id, verdict: outcome.verdict, decidedBy };
}

/** Passed is what was compared whole and found unchanged or better; whatever is lost or unknown keeps it from passing. */
function overall(subjects: readonly Subject[], findings: readonly Finding[]): Report['verdict'] {
  if (findings.some(({ severity }) => severity === 'error')) return 'failed';
  const passes = (verdict: Subject['verdict']): boolean => verdict === 'unchanged' || verdict === 'improved';
  return subjects.length > 0 && subjects.every(({ verdict }) => passes(verdict)) ? 'passed' : 'inconclusive';
}

function summarise(outcomes: readonly BenchmarkOutcome[], subjects: readonly Subject[]): string {
  const total = count(subjects.length, 'benchmark');
  const of = (verdict: Subject['verdict']) =>
    outcomes.filter((_, index) => subjects[index]?.verdict === verdict);
  const names = (found: readonly BenchmarkOutcome[]): string => listed(found.map(({ id }) => id));
  const changes = (found: readonly BenchmarkOutcome[]): string => listed(found.map(changeOf));
  const parts: string[] = [];
  const say = (verdict: Subject['verdict'], words: (found: readonly BenchmarkOutcome[]) => string): void => {
    const found = of(verdict);
    if (found.length > 0) parts.push(words(found));
  };
  say('failed', (found) => `${found.length} of ${total} unusable: ${names(found)}`);
  say('regressed', (found) => `${found.length} of ${total} regressed: ${changes(found)}`);
  say('inconclusive', (found) => `${found.length} of ${total} inconclusive: ${names(found)}`);
  say('improved', (found) => `${found.length} improved: ${changes(found)}`);
  say('unchanged', (found) => `${found.length} unchanged`);
  say('new', (found) => `${found.length} only in head`);
  say('skipped', (found) => `${found.length} only in the base`);
  return parts.join('; ');
}

function changeOf(outcome: BenchmarkOutcome): string {
  if (outcome.state !== 'judged') return outcome.id;
  const figure = outcome.figures.find((one) => figureVerdict(one) === outcome.verdict);
  if (figure?.state !== 'judged') return outcome.id;
  const [low, high] = figure.judgement.interval.map((bound) => ((bound - 1) * 100).toFixed(1));
  return `${outcome.id} ${percent(figure.judgement.ratio)} [${low}, ${high}]`;
}
