import type { GroupResult, MeasureFailure } from '../../compare/index.ts';
import { clause, lastLines } from '../report/words.ts';

/** Why a benchmark runs on head alone. */
export interface WithoutBase {
  readonly why: string;
  /**
   * `new`: the base does not have it, or refuses it from the start. `broke-down`: a process on the base hung, was
   * killed, or failed where others had not, which says nothing about the code.
   */
  readonly kind: 'new' | 'broke-down';
}

/**
 * Benchmarks that the base does not have, or on which they fail: they are measured on head alone.
 *
 * @param known benchmarks of the file on head
 * @param crashed benchmarks of the base whose process did not end by itself
 */
export function withoutBase(
  names: readonly string[],
  result: GroupResult,
  known: ReadonlySet<string>,
  crashed: ReadonlySet<string>,
): ReadonlyMap<string, WithoutBase> {
  const found = new Map<string, WithoutBase>();
  const file = listFailure(result, known);
  for (const name of result.onlyHead) {
    if (file === undefined) found.set(name, { why: 'the base has no benchmark of this name', kind: 'new' });
    else found.set(name, { why: `its file fails on the base: ${reasonOf(file)}`, kind: kindOf(file) });
  }
  for (const failure of result.failures) {
    const { name, side } = failure;
    if (side !== 'base' || failure.kind === 'not-found' || !names.includes(name)) continue;
    if (result.failures.some((other) => other.name === name && other.side === 'head')) continue;
    const kind = crashed.has(name) ? 'broke-down' : kindOf(failure);
    found.set(name, { why: `it fails on the base: ${reasonOf(failure)}`, kind });
  }
  return found;
}

/**
 * Why the base could name no benchmark of a file.
 *
 * @param known benchmarks of the file on head: a failure of one of them is not one of the file
 */
export function listFailure(result: GroupResult, known: ReadonlySet<string>): MeasureFailure | undefined {
  return result.failures.find(
    ({ name, side, phase }) => side === 'base' && phase === 'list' && !known.has(name),
  );
}

/** The failure to tell of a benchmark: head's before the base's, its own before the file's. */
export function failureOf(result: GroupResult, name: string): MeasureFailure | undefined {
  return (
    result.failures.find((failure) => failure.name === name && failure.side === 'head') ??
    result.failures.find((failure) => failure.name === name) ??
    result.failures.find((failure) => failure.name === '' && failure.side === 'head')
  );
}

export function reasonOf(failure: MeasureFailure): string {
  const said = failure.kind === 'failed' ? '' : lastLines(failure.output, 1);
  const reason = clause(failure.reason);
  return said === '' || reason.includes(said) ? reason : `${reason}; it printed: ${said}`;
}

/** What the base cannot do shows in its first processes; a later failure is one that comes and goes. */
function kindOf({ kind, phase }: MeasureFailure): WithoutBase['kind'] {
  const fromTheStart = phase === 'list' || phase === 'calibrate';
  return fromTheStart && kind !== 'killed' && kind !== 'timed-out' ? 'new' : 'broke-down';
}
