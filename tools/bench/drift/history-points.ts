import type { DriftPoint } from '../../compare/drift/index.ts';

/** A recorded figure of one benchmark, with what a reader should know of its session. */
export interface HistoryPoint extends DriftPoint {
  /** Versions of runtimes, by name. */
  readonly runtimes: Readonly<Record<string, string>>;
}

/** Recorded figures, whoever kept them. */
export interface RecordedHistory {
  /** By subject id, oldest first. */
  readonly series: ReadonlyMap<string, readonly HistoryPoint[]>;
  /** What was left out or is doubtful, one sentence each. */
  readonly notes: readonly string[];
}

/** Where commits stand in the history of head, counted from its beginning or from where we stopped to look. */
export interface CommitOrder {
  readonly position: ReadonlyMap<string, number>;
  /** The whole history was read. */
  readonly whole: boolean;
}

/**
 * Puts recorded histories together and into the order of the repository's history; figures of commits that it does
 * not have stand where their time would put them. Clocks that run backwards are told and change nothing. Pure.
 */
export function joinHistories(histories: readonly RecordedHistory[], order: CommitOrder): RecordedHistory {
  const series = new Map<string, readonly HistoryPoint[]>();
  for (const subject of new Set(histories.flatMap((one) => [...one.series.keys()]))) {
    const points = histories.flatMap((one) => one.series.get(subject) ?? []);
    series.set(subject, inOrder(points, order));
  }
  const backwards = new Set([...series.values()].flatMap(clockJumps));
  const notes = histories.flatMap((one) => one.notes);
  if (backwards.size > 0) {
    const [first] = backwards;
    notes.push(
      `The clock runs backwards before ${backwards.size} of the points (the first is ${first?.slice(0, 9)}); their order is that of the commits.`,
    );
  }
  return { series, notes };
}

function inOrder(points: readonly HistoryPoint[], { position }: CommitOrder): readonly HistoryPoint[] {
  const known = points
    .filter(({ commit }) => position.has(commit))
    .map((point) => ({ point, place: position.get(point.commit) ?? 0 }));
  const unknown = points
    .filter(({ commit }) => !position.has(commit))
    .map((point) => {
      const before = known.filter((one) => one.point.time <= point.time).map(({ place }) => place);
      return { point, place: Math.max(-1, ...before) + 0.5 };
    });
  return [...known, ...unknown]
    .sort((a, b) => a.place - b.place || a.point.time - b.point.time)
    .map(({ point }) => point);
}

function clockJumps(points: readonly HistoryPoint[]): readonly string[] {
  return points.flatMap((point, i) => {
    const before = points[i - 1];
    return before && before.commit !== point.commit && point.time < before.time ? [point.commit] : [];
  });
}
