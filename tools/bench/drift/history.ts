import { DRIFT_POLICY, type Drift, driftOf } from '../../compare/drift/index.ts';
import type { HistoryPoint, RecordedHistory } from './history-points.ts';

/** One benchmark through its recorded history. */
export interface SubjectHistory {
  readonly subject: string;
  readonly points: readonly HistoryPoint[];
  readonly drift: Drift;
  /** Runtimes whose versions differ between the points on both sides of a step, or of the whole slope. */
  readonly runtimes: readonly string[];
}

/**
 * Judges each benchmark's history by itself. Pure.
 *
 * @param margin change that matters; half of it is the least that is called one
 */
export function judgeHistory(history: RecordedHistory, margin: number): readonly SubjectHistory[] {
  return [...history.series]
    .map(([subject, points]): SubjectHistory => {
      const drift = driftOf(points, { ...DRIFT_POLICY, effectFloor: margin / 2 });
      return { subject, points, drift, runtimes: changedRuntimes(points, drift) };
    })
    .sort((a, b) => (a.subject < b.subject ? -1 : 1));
}

function changedRuntimes(points: readonly HistoryPoint[], drift: Drift): readonly string[] {
  if (drift.state !== 'drifted') return [];
  const places = drift.steps.length > 0 ? drift.steps.map(({ within }) => within) : [drift.span];
  const changes = places.flatMap(([from, to]) => {
    const [before, after] = [points[from]?.runtimes ?? {}, points[to]?.runtimes ?? {}];
    return Object.keys({ ...before, ...after }).flatMap((name) =>
      before[name] === after[name] ? [] : [`${name} ${before[name] ?? 'none'} → ${after[name] ?? 'none'}`],
    );
  });
  return [...new Set(changes)];
}
