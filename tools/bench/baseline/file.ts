import { join, posix } from 'node:path';
import { isAssayError } from '../../kernel/errors/assay-error.ts';
import { readJson } from '../../kernel/files/read-json.ts';
import { writeJsonAtomic } from '../../kernel/files/write-atomic.ts';
import type { Environment } from '../../kernel/report/schema.ts';
import { benchErrors } from '../errors.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { BASELINE_SCHEMA_ID, type Baseline, type BaselineMachine, baselineSchema } from './schema.ts';

/** Relative to the workspace root. */
export function baselinePath(projectRoot: string): string {
  return posix.join(projectRoot, 'assay/bench.baseline.json');
}

/**
 * Reads a committed baseline; undefined where there is none.
 *
 * @throws AssayError `bench/baseline-schema` for another version or shape, and what reading JSON throws
 */
export async function readBaseline(workspaceRoot: string, file: string): Promise<Baseline | undefined> {
  let value: unknown;
  try {
    value = await readJson(join(workspaceRoot, file));
  } catch (error) {
    if (isAssayError(error) && error.code === 'files/missing') return undefined;
    throw error;
  }
  const parsed = baselineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const schema =
    typeof value === 'object' && value !== null && 'schema' in value ? String(value.schema) : 'none';
  const issue = parsed.error.issues[0];
  const problem =
    schema === BASELINE_SCHEMA_ID
      ? `${issue?.path.join('.')}: ${issue?.message}`
      : `its schema is '${schema}'`;
  throw benchErrors.create('bench/baseline-schema', { file, problem, wanted: BASELINE_SCHEMA_ID });
}

/**
 * Writes the section of this class of machine and keeps the others.
 *
 * @param keeps whether a benchmark that was not measured keeps its old figures: it was not asked for, or it failed
 * @returns number of benchmarks written
 */
export async function updateBaseline(
  workspaceRoot: string,
  file: string,
  outcomes: readonly BenchmarkOutcome[],
  environment: Environment,
  keeps: (subject: string) => boolean,
): Promise<number> {
  const measured = outcomes.flatMap(entryOf);
  if (measured.length === 0) return 0;
  const old = await readBaseline(workspaceRoot, file);
  const before = Object.entries(old?.machines[environment.machine]?.benchmarks ?? {});
  const all = new Map([...before.filter(([subject]) => keeps(subject)), ...measured]);
  const section: BaselineMachine = {
    takenAt: environment.startedAt,
    commit: environment.dirty ? `${environment.commit} (with uncommitted changes)` : environment.commit,
    runtimes: environment.runtimes,
    benchmarks: Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  const machines = { ...old?.machines, [environment.machine]: section };
  await writeJsonAtomic(join(workspaceRoot, file), { schema: BASELINE_SCHEMA_ID, machines });
  return measured.length;
}

function entryOf(outcome: BenchmarkOutcome): [string, BaselineMachine['benchmarks'][string]][] {
  if (outcome.state !== 'measured') return [];
  const of = (statistic: 'floor' | 'mean') => {
    const figure = outcome.figures.find((entry) => entry.statistic === statistic);
    if (!figure) return undefined;
    const [low, high] = figure.interval;
    return { value: round(figure.value), interval: [round(low), round(high)] as [number, number] };
  };
  const floor = of('floor');
  const mean = of('mean');
  const processes = outcome.samples.batches
    .filter(({ role }) => role !== 'pilot')
    .reduce((sum, batch) => sum + batch.replicates.length, 0);
  return floor && mean ? [[outcome.subject, { unit: 'ns/op', processes, floor, mean }]] : [];
}

/** Four digits say all that a baseline can; more would only make every update a larger diff. */
function round(value: number): number {
  return Number(value.toPrecision(4));
}
