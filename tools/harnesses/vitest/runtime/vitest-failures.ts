import type { DriverEvent, DriverRequest } from '../../protocol.ts';
import { fullName, isWithin } from './tree.ts';

/** A suite, test or file as Vitest keeps it, in versions 3 to 5. */
export interface TaskLike {
  readonly type: string;
  readonly name: string;
  readonly mode: string;
  readonly tasks?: readonly TaskLike[];
  readonly result?: {
    readonly state?: string;
    readonly errors?: readonly { message?: string; name?: string }[];
  };
}

interface Ended {
  readonly state: { getFiles(): readonly TaskLike[]; getUnhandledErrors(): readonly unknown[] };
}

/**
 * What failed before any benchmark could tell so itself: a file that does not load, a hook, a test that
 * throws before it measures.
 *
 * @param known names that have an outcome already
 */
export function failuresOf(
  { state }: Ended,
  request: DriverRequest,
  known: ReadonlySet<string>,
): readonly DriverEvent[] {
  const events: DriverEvent[] = [];
  for (const file of state.getFiles()) {
    const reason = reasonOf(file);
    if (reason !== undefined) failAll('', reason, '(file)');
    for (const task of file.tasks ?? []) visit(task, []);
  }
  for (const error of state.getUnhandledErrors()) failAll('', messageOf(error), '(file)');
  return events;

  function visit(task: TaskLike, above: readonly string[]): void {
    const path = [...above, task.name];
    const name = fullName(path);
    const reason = reasonOf(task);
    if (reason !== undefined && task.mode === 'run') failAll(name, reason, name);
    else if (task.type === 'test' && skipped(task)) skip(name);
    for (const inner of task.tasks ?? []) visit(inner, path);
  }

  /** Whatever was asked for inside of `parent` and has no outcome; `instead` where nothing was asked. */
  function failAll(parent: string, reason: string, instead: string): void {
    const inside = (name: string): boolean => parent === '' || isWithin(name, parent);
    const asked = request.benchmarks.filter((name) => inside(name) && !known.has(name));
    const measured = [...known].some(inside);
    const names = request.benchmarks.length > 0 ? asked : measured ? [] : [instead];
    for (const name of names) events.push({ event: 'failed', name, reason });
  }

  function skip(name: string): void {
    if (request.mode !== 'list' || known.has(name)) return;
    events.push({ event: 'listed', name, skipped: 'marked `skip`, `todo`, or not `only`' });
  }
}

function skipped(task: TaskLike): boolean {
  return task.mode === 'skip' || task.mode === 'todo';
}

function reasonOf(task: TaskLike): string | undefined {
  if (task.result?.state !== 'fail') return undefined;
  const [error] = task.result.errors ?? [];
  return error ? messageOf(error) : undefined;
}

function messageOf(error: unknown): string {
  const { name, message } = (error ?? {}) as { name?: string; message?: string };
  return `${name ?? 'Error'}: ${message ?? String(error)}`;
}
