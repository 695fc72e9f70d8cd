/** What the last Report of a project says about itself; unknown fields are ignored. */
export interface LastReport {
  readonly verdict?: unknown;
  readonly run?: { readonly attempt?: unknown; readonly pair?: unknown; readonly base?: unknown };
  readonly environment?: { readonly commit?: unknown };
}

/** What is about to be compared. */
export interface Pair {
  /** Hash of the contents on both sides; empty where git cannot say. */
  readonly key: string;
  readonly base: string;
  readonly head: string;
}

/**
 * Number of this attempt at the same pair. Nx caches whatever ends with code 0, so an inconclusive or
 * skipped Report would stick: each one raises the number, which is part of the cache key. A conclusive one
 * keeps the number it was reached with, so that it is found again.
 *
 * @returns empty for the first attempt
 */
export function attemptFor(report: LastReport | undefined, pair: Pair): string {
  if (report === undefined || !isSamePair(report, pair)) return '';
  const last = report.run?.attempt;
  const attempt = typeof last === 'number' && Number.isInteger(last) && last >= 1 ? last : 1;
  const unsettled = report.verdict === 'inconclusive' || report.verdict === 'skipped';
  const next = unsettled ? attempt + 1 : attempt;
  return next === 1 ? '' : String(next);
}

/**
 * By contents where the Report has them: a base that moved without touching the project, and a commit that
 * touched only others, leave the pair (and Nx's key) the same. Else by commits.
 */
function isSamePair(report: LastReport, pair: Pair): boolean {
  const known = report.run?.pair;
  if (typeof known === 'string' && known !== '' && pair.key !== '') return known === pair.key;
  return (report.run?.base ?? '') === pair.base && (report.environment?.commit ?? '') === pair.head;
}
