import { randomUUID } from 'node:crypto';
import { judgePolicy } from '../compare/policy.ts';
import { detectCi, environmentOf } from '../kernel/environment/index.ts';
import type { AssayError } from '../kernel/errors/assay-error.ts';
import { errorFinding } from '../kernel/report/finding.ts';
import type { Finding, Report } from '../kernel/report/schema.ts';
import { acceptedPath, dayOf } from '../kernel/waivers/index.ts';
import type { Release } from './drift/release.ts';
import { benchErrors } from './errors.ts';
import { type KnownBenchmarks, NONE_KNOWN } from './known.ts';
import type { ProjectOutcome } from './measure/measure-project.ts';
import type { BenchmarkOutcome } from './outcome.ts';
import { quarantineOn } from './quarantine/apply.ts';
import { assembleReport } from './report/assemble.ts';
import { canaryChecks, canaryFindings } from './report/checks.ts';
import type { BenchFindingContext } from './report/findings.ts';
import type { RunWaivers } from './report/waivers.ts';
import { clause, listed } from './report/words.ts';
import type { BenchRequest } from './request.ts';
import type { BenchFacts } from './run.ts';

/** What the run around the facts was. */
export interface Surroundings {
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Result folder, relative to the workspace. */
  readonly folder: string;
}

/** Turns what a run found out into its Report. */
export function conclude(facts: BenchFacts, request: BenchRequest, around: Surroundings): Report {
  const release = releaseOf(facts);
  const commit =
    facts.state !== 'stopped' && facts.state !== 'no-toolchain' && facts.comparison.kind === 'base'
      ? facts.comparison.commit
      : '';
  const context: BenchFindingContext = {
    capability: 'bench',
    project: request.project.name,
    target: request.target,
    baseRef: commit,
    ...(release ? { release } : {}),
  };
  const outcomes = outcomesOf(facts);
  const canaries = facts.state === 'measured' ? facts.project.canaries : [];
  const state = facts.run?.state;
  const ci = detectCi(around.env);
  const compared = outcomes.some((outcome) => outcome.state === 'compared');
  return assembleReport({
    context,
    run: {
      id: randomUUID(),
      target: request.target,
      configuration: request.configuration,
      mode: modeOf(facts, request),
      attempt: facts.state === 'measured' ? facts.attempt : 1,
      shard: { index: 1, of: 1 },
      branch: state?.branch || ci.branch,
      ci: ci.name,
      ...(commit ? { base: commit } : {}),
      ...identityOf(facts),
      ...(canaries.length > 0 ? { checks: canaryChecks(canaries) } : {}),
    },
    settings: (facts.state === 'stopped' ? facts.settings : facts.run.settings) ?? {
      mode: 'enforce',
      judge: judgePolicy(),
      config: {},
    },
    outcomes,
    findings: findingsOf(facts, request, context),
    ...waiversOf(facts, request, around.startedAt),
    environment: environmentOf({
      runtimes: facts.run?.toolchains.runtimes ?? { node: process.version },
      tools: facts.run?.toolchains.tools ?? {},
      commit: state?.commit ?? '',
      dirty: state?.dirty ?? false,
      startedAt: around.startedAt,
      durationMs: around.durationMs,
    }),
    samplesArtifact: `${around.folder}/samples.json`,
    artifacts: outcomes.some(hasSamples)
      ? [
          { path: `${around.folder}/samples.json`, kind: 'samples' },
          ...(compared ? [{ path: `${around.folder}/base.txt`, kind: 'go-benchmark' }] : []),
          { path: `${around.folder}/head.txt`, kind: 'go-benchmark' },
        ]
      : [],
    ...summaryOf(facts),
  });
}

function releaseOf(facts: BenchFacts): Release | undefined {
  if (facts.state !== 'identical' && facts.state !== 'measured') return undefined;
  return facts.comparison.kind === 'base' ? facts.comparison.release : undefined;
}

/** What was compared, for an acceptance to be tied to: drift since a release is none that can be accepted. */
function identityOf(facts: BenchFacts): Pick<Report['run'], 'baseContent' | 'pair'> {
  if (facts.state !== 'identical' && facts.state !== 'measured') return {};
  const { comparison } = facts;
  return comparison.kind === 'base' && !comparison.release
    ? { baseContent: comparison.content, pair: comparison.pair }
    : {};
}

/** Checked on every path: an entry that has expired must not hide behind a run that measured nothing. */
function waiversOf(facts: BenchFacts, request: BenchRequest, now: Date): { waivers?: RunWaivers } {
  const settings = facts.state === 'stopped' ? facts.settings : facts.run.settings;
  if (settings === undefined) return {};
  const known = knownOf(facts);
  return {
    waivers: {
      quarantine: quarantineOn(settings.quarantine, dayOf(now)),
      known,
      few: settings.few,
      accepted: {
        entries: settings.accepted,
        file: acceptedPath(request.project.root),
        whole: facts.state === 'measured' && known.complete && request.filter === undefined,
      },
    },
  };
}

function knownOf(facts: BenchFacts): KnownBenchmarks {
  if (facts.state !== 'identical' && facts.state !== 'measured') return NONE_KNOWN;
  const known = facts.state === 'identical' ? facts.known : facts.project.known;
  return { ...known, complete: known.complete && facts.run.toolchains.missing.length === 0 };
}

export function outcomesOf(facts: BenchFacts): readonly BenchmarkOutcome[] {
  return facts.state === 'measured' ? facts.project.outcomes : [];
}

function hasSamples(outcome: BenchmarkOutcome): boolean {
  return outcome.state === 'compared' || outcome.state === 'measured';
}

function modeOf(facts: BenchFacts, request: BenchRequest): Report['run']['mode'] {
  if (request.updateBaseline) return 'baseline';
  if (request.aa) return 'aa';
  if (facts.state === 'stopped' || facts.state === 'no-toolchain') {
    return request.base.state === 'none' ? 'check' : 'compare';
  }
  return facts.comparison.kind === 'base' ? 'compare' : 'check';
}

function summaryOf(facts: BenchFacts): { summary?: string } {
  if (facts.state === 'identical') {
    return {
      summary: 'identical to the base in everything that the benchmarks depend on; nothing was measured',
    };
  }
  if (facts.state === 'no-toolchain') {
    return { summary: facts.run.toolchains.missing.map(({ error }) => error.message).join(' ') };
  }
  return {};
}

function findingsOf(
  facts: BenchFacts,
  request: BenchRequest,
  context: BenchFindingContext,
): readonly Finding[] {
  if (facts.state === 'stopped') return [errorFinding(context, facts.error)];
  const findings = facts.run.toolchains.missing.map(({ error }) => errorFinding(context, error, 'warning'));
  if (facts.state !== 'measured') return findings;
  const { comparison, project, baseError } = facts;
  if (comparison.kind === 'alone' && comparison.expected) {
    findings.push(errorFinding(context, comparison.expected, 'warning'));
  }
  if (baseError) findings.push(errorFinding(context, baseError, 'warning'));
  if (facts.mixture) findings.push(errorFinding(context, facts.mixture, 'warning'));
  for (const error of facts.errors ?? []) findings.push(errorFinding(context, error));
  findings.push(...canaryFindings(project.canaries, context));
  const unbuilt = doesNotBuild(project);
  if (unbuilt) findings.push(errorFinding(context, unbuilt, 'warning'));
  if (request.filter !== undefined && project.listed > 0 && project.outcomes.length === 0) {
    const error = benchErrors.create('bench/filter-matches-nothing', {
      filter: request.filter,
      count: project.listed,
    });
    findings.push(errorFinding(context, error));
  }
  return findings;
}

/**
 * What the base cannot build though it should: a file that it has too, or every file. Benchmarks that it could be
 * compared by are lost then, and no such run is a pass. A file that only head has is new.
 */
function doesNotBuild({ unbuilt, files }: ProjectOutcome): AssayError | undefined {
  const all = unbuilt.length === files;
  const lost = all ? unbuilt : unbuilt.filter(({ known }) => known);
  const [first] = lost;
  if (first === undefined) return undefined;
  const names = listed(lost.map(({ file }) => file));
  const what = all ? 'No benchmark builds' : `${names} ${lost.length === 1 ? 'does' : 'do'} not build`;
  return benchErrors.create('base/does-not-build', { what, reason: clause(first.reason) });
}
