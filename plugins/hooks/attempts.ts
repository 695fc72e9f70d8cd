/**
 * What the hook remembers of earlier runs, by project: the pairs (contents of base and HEAD) that it handed
 * to tasks. Nx caches whatever ends with code 0, so an inconclusive or skipped Report would stick; each one
 * raises the number of its pair, which is part of the cache key. A conclusive one keeps the number that it
 * was reached with, so that it is found again.
 */
export type AttemptStore = Readonly<Record<string, ProjectAttempts>>;

export interface ProjectAttempts {
  /** The pair of the last run by checkout, since checkouts may share a cache: the Report on its disk is about it. */
  readonly last: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly pairs: readonly PairAttempts[];
}

interface PairAttempts {
  readonly pair: string;
  readonly attempt: number;
  /** The attempt ended without a decision. */
  readonly unsettled: boolean;
}

/** Pairs that are remembered for each project: enough for branches that one goes back and forth between. */
const REMEMBERED = 30;

/**
 * Number of the coming attempt at a pair, and the store to keep.
 *
 * A pair is known by its contents and not by commits: a base that moved without touching the project, and a
 * commit that touched only others, leave Nx's key the same, and so the number must stay too.
 *
 * @param unsettled whether the Report on disk, that of the last run, decided nothing
 * @param checkout where that disk is
 */
export function nextAttempt(
  store: AttemptStore,
  project: string,
  pair: string,
  unsettled: boolean,
  checkout: string,
): { readonly attempt: number; readonly store: AttemptStore } {
  const known = Object.hasOwn(store, project) ? store[project] : undefined;
  const last = known?.last[checkout];
  const pairs = (known?.pairs ?? []).map((entry) => (entry.pair === last ? { ...entry, unsettled } : entry));
  const previous = pairs.find((entry) => entry.pair === pair);
  const attempt = previous === undefined ? 1 : previous.unsettled ? previous.attempt + 1 : previous.attempt;
  const kept = [...pairs.filter((entry) => entry.pair !== pair), { pair, attempt, unsettled: false }];
  const entry = { last: { ...known?.last, [checkout]: pair }, pairs: kept.slice(-REMEMBERED) };
  return { attempt, store: { ...store, [project]: entry } };
}

/** The Report that the coming run leaves behind says nothing of a pair: it must neither settle nor unsettle one. */
export function forgetReports(
  store: AttemptStore,
  projects: readonly string[],
  checkout: string,
): AttemptStore {
  const forgotten = { ...store };
  for (const project of projects) {
    const entry = Object.hasOwn(forgotten, project) ? forgotten[project] : undefined;
    if (entry !== undefined) forgotten[project] = { ...entry, last: { ...entry.last, [checkout]: '' } };
  }
  return forgotten;
}
