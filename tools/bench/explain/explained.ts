import type { Effects } from '../../kernel/effects.ts';
import { isAssayError } from '../../kernel/errors/assay-error.ts';
import { changedPaths } from '../../kernel/git/index.ts';
import { errorFinding } from '../../kernel/report/finding.ts';
import type { Finding, Report } from '../../kernel/report/schema.ts';
import { outcomesOf } from '../conclude.ts';
import { type Repository, type Scope, scopeOf } from '../inputs.ts';
import type { BenchRequest } from '../request.ts';
import type { BenchFacts } from '../run.ts';
import { chainOf } from './chain.ts';
import { commitsFinding } from './commit-table.ts';
import { culpritFinding } from './culprit-report.ts';
import { explainErrors } from './errors.ts';
import { type CulpritSearch, findCulprits, type Regressed } from './find-culprits.ts';
import { touchingCommits } from './touching-commits.ts';
import { readBy, yardstickOf } from './yardstick.ts';

/** Of a bisection where `--budget` says nothing. */
const BUDGET_MS = 10 * 60_000;

/**
 * Adds to a Report where its regressions come from: the commits that touched what the benchmarks run, and, where asked
 * for, which of them it was. What cannot be found out is a warning: the verdicts stand.
 */
export async function explained(
  report: Report,
  facts: BenchFacts,
  request: BenchRequest,
  effects: Effects,
): Promise<Report> {
  if (facts.state !== 'measured') return report;
  if (facts.comparison.kind !== 'base') {
    if (!report.subjects.some(({ verdict }) => verdict === 'regressed')) return report;
    const error = explainErrors.create('bench/explain-needs-base', {});
    return { ...report, findings: [...report.findings, errorFinding(report, error, 'warning')] };
  }
  const regressed = regressedOf(facts);
  const { repository, commit } = facts.run.state;
  const titles = regressedTitles(facts);
  if (titles.length === 0 || repository === undefined) return report;
  const base = facts.comparison.commit;
  const scope = scopeOf(repository, request, facts.run.toolchains.usable, facts.run.lockfiles);
  const findings: Finding[] = [];
  try {
    const uncommitted = await uncommittedIn(scope, repository, commit);
    const touching = await touchingCommits(repository.at, base, commit, scope);
    const table = { request, prefix: repository.prefix, base, titles, uncommitted };
    findings.push(commitsFinding(report, touching, table));
    if (request.explain === 'bisect' && regressed.length > 0) {
      const deadline =
        effects.clock() + (request.budgetNs === undefined ? BUDGET_MS : request.budgetNs / 1e6);
      const search = { request, run: facts.run, effects, at: repository.at, scope, deadline };
      findings.push(...(await bisected(report, regressed, { base, head: commit }, uncommitted, search)));
    }
  } catch (error) {
    if (!isAssayError(error)) throw error;
    findings.push(errorFinding(report, error, 'warning'));
  }
  return { ...report, findings: [...report.findings, ...findings] };
}

async function bisected(
  report: Report,
  regressed: readonly Regressed[],
  ends: { readonly base: string; readonly head: string },
  uncommitted: readonly string[],
  search: CulpritSearch,
): Promise<readonly Finding[]> {
  if (uncommitted.length > 0) {
    throw explainErrors.create('bench/bisect-uncommitted', { files: uncommitted });
  }
  const chain = await chainOf(search.at, ends.base, ends.head, search.scope);
  if (chain.steps.length === 0) throw explainErrors.create('bench/bisect-nothing', {});
  const found = await findCulprits(regressed, chain, search);
  return found.map((one) => culpritFinding(report, one, chain.notes));
}

/** Files that count and differ from the commit that is checked out. */
async function uncommittedIn(scope: Scope, { at }: Repository, commit: string): Promise<readonly string[]> {
  const changed = await changedPaths(at, commit, scope.paths);
  return changed.filter((path) => scope.counts(path) && !scope.isBenchmark(path));
}

function regressedOf(facts: BenchFacts): readonly Regressed[] {
  return outcomesOf(facts).flatMap((outcome) => {
    if (outcome.state !== 'compared' || outcome.judgement.verdict !== 'regressed') return [];
    const { subject, title, judgement } = outcome;
    const yardstick = yardstickOf(judgement);
    const reading = yardstick && readBy(yardstick, judgement);
    return reading ? [{ subject, title, yardstick, change: reading.change }] : [];
  });
}

function regressedTitles(facts: BenchFacts): readonly string[] {
  return outcomesOf(facts).flatMap((outcome) =>
    outcome.state === 'compared' && outcome.judgement.verdict === 'regressed' ? [outcome.title] : [],
  );
}
