import { isAssayError } from '../../kernel/errors/assay-error.ts';
import { parseJson } from '../../kernel/files/read-json.ts';
import type { GitAt } from '../../kernel/git/index.ts';
import { type Baseline, type BaselineMachine, baselineSchema } from '../baseline/schema.ts';
import { type FileVersion, fileHistory } from './baseline-versions.ts';
import type { CommitOrder, HistoryPoint, RecordedHistory } from './history-points.ts';

/**
 * The figures of a committed baseline through its history: each version adds what it measured anew. Versions that
 * cannot be read (conflict markers, an older schema, a truncated file) are left out and told.
 *
 * @param path relative to the root of the repository
 * @param isControl whether a subject is a control benchmark
 */
export async function baselineHistory(
  at: GitAt,
  path: string,
  order: CommitOrder,
  isControl: (subject: string) => boolean,
): Promise<RecordedHistory> {
  const { versions, notes } = await fileHistory(at, path);
  const read = pointsOf(versions, order, isControl);
  return { series: read.series, notes: [...notes, ...read.notes] };
}

/** Pure part of `baselineHistory`. */
export function pointsOf(
  versions: readonly FileVersion[],
  order: CommitOrder,
  isControl: (subject: string) => boolean,
): RecordedHistory {
  const series = new Map<string, HistoryPoint[]>();
  const unreadable: string[] = [];
  const rewritten = new Set<string>();
  const dirty = new Set<string>();
  let previous: Baseline | undefined;
  for (const version of versions) {
    const baseline = readVersion(version);
    if (typeof baseline === 'string') {
      unreadable.push(`${version.commit.slice(0, 9)} (${baseline})`);
      continue;
    }
    for (const [machine, section] of Object.entries(baseline.machines)) {
      const before = previous?.machines[machine];
      if (before?.takenAt === section.takenAt) continue;
      const [measured = ''] = section.commit.split(' ');
      if (section.commit.includes(' ')) dirty.add(version.commit);
      const inHistory = order.position.has(measured);
      if (!inHistory && order.whole && measured !== '') rewritten.add(measured);
      const session = {
        commit: inHistory ? measured : version.commit,
        time: Number.isFinite(Date.parse(section.takenAt)) ? Date.parse(section.takenAt) : version.time,
        machine,
        runtimes: section.runtimes,
      };
      addSection(series, section, before, session, isControl);
    }
    previous = baseline;
  }
  return { series, notes: notesOf(unreadable, rewritten, dirty) };
}

function addSection(
  series: Map<string, HistoryPoint[]>,
  section: BaselineMachine,
  before: BaselineMachine | undefined,
  session: Omit<HistoryPoint, 'value' | 'interval' | 'controls'>,
  isControl: (subject: string) => boolean,
): void {
  // A benchmark that was not asked for keeps its old figures in a new section: no new measurement.
  const fresh = Object.entries(section.benchmarks).filter(
    ([subject, entry]) => JSON.stringify(before?.benchmarks[subject]) !== JSON.stringify(entry),
  );
  const controls = Object.fromEntries(
    fresh.filter(([subject]) => isControl(subject)).map(([subject, { floor }]) => [subject, floor.value]),
  );
  for (const [subject, { floor }] of fresh) {
    const points = series.get(subject) ?? [];
    const controlled = Object.keys(controls).length > 0 && !isControl(subject);
    points.push({
      ...session,
      value: floor.value,
      interval: floor.interval,
      ...(controlled ? { controls } : {}),
    });
    series.set(subject, points);
  }
}

/** @returns the reason where the version cannot be used */
function readVersion({ commit, text }: FileVersion): Baseline | string {
  try {
    const parsed = baselineSchema.safeParse(parseJson(text, commit));
    return parsed.success ? parsed.data : 'of another schema';
  } catch (error) {
    if (!isAssayError(error)) throw error;
    return error.code === 'files/conflict-markers' ? 'conflict markers' : 'no JSON';
  }
}

function notesOf(
  unreadable: readonly string[],
  rewritten: ReadonlySet<string>,
  dirty: ReadonlySet<string>,
): readonly string[] {
  const notes: string[] = [];
  if (unreadable.length > 0) {
    const more = unreadable.length > 3 ? ` and ${unreadable.length - 3} more` : '';
    notes.push(
      `Versions of the baseline that cannot be read were left out: ${unreadable.slice(0, 3).join(', ')}${more}.`,
    );
  }
  if (rewritten.size > 0) {
    const [first] = rewritten;
    notes.push(
      `${rewritten.size} of the measured commits (such as ${first?.slice(0, 9)}) are not in the history of head, which was rewritten since; their figures stand where they were recorded.`,
    );
  }
  if (dirty.size > 0) notes.push(`${dirty.size} versions were measured with uncommitted changes.`);
  return notes;
}
