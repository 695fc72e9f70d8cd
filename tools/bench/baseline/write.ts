import type { Effects } from '../../kernel/effects.ts';
import type { Environment } from '../../kernel/report/schema.ts';
import { outcomesOf } from '../conclude.ts';
import { count } from '../report/words.ts';
import type { BenchRequest } from '../request.ts';
import type { BenchFacts } from '../run.ts';
import { pattern } from '../settings/pattern.ts';
import { baselinePath, updateBaseline } from './file.ts';

/**
 * Takes the baseline anew from what a run measured. A benchmark that was not asked for, failed, or lacked its
 * toolchain keeps its old figures; one that is gone loses them.
 *
 * @throws AssayError of the file layer
 */
export async function writeBaseline(
  facts: BenchFacts,
  request: BenchRequest,
  environment: Environment,
  effects: Effects,
): Promise<void> {
  const file = baselinePath(request.project.root);
  const { workspaceRoot } = request;
  const written = await updateBaseline(
    workspaceRoot,
    file,
    outcomesOf(facts),
    environment,
    keepsFigures(facts, request),
  );
  const text =
    written === 0
      ? `nothing was measured; ${file} is as it was`
      : `wrote the figures of ${count(written, 'benchmark')} into ${file}; commit it`;
  effects.progress({ text });
}

function keepsFigures(facts: BenchFacts, request: BenchRequest): (subject: string) => boolean {
  const filter = request.filter === undefined ? undefined : pattern(request.filter, '--filter');
  const failed = outcomesOf(facts).flatMap(({ state, subject }) => (state === 'measured' ? [] : [subject]));
  const unrun = facts.run?.toolchains.missing.flatMap(({ harness }) => harness.files) ?? [];
  const lost = [...failed, ...unrun];
  return (subject) =>
    (filter !== undefined && !filter.test(subject)) ||
    lost.some((one) => subject === one || subject.startsWith(`${one} › `));
}
