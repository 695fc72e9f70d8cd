import type { ListedBenchmark } from '../../tools/bench/list.ts';
import { printJson } from '../../tools/task/show.ts';
import { escapeLine } from '../../tools/views/escape.ts';

/** Prints the benchmarks of a project; succeeds where all of its files could be listed. */
export function showList(
  listed: readonly ListedBenchmark[],
  options: { readonly json: boolean },
): { success: boolean } {
  if (options.json) printJson(listed);
  for (const { id, harness, skipped, failed } of options.json ? [] : listed) {
    const note = failed ? `  failed: ${failed}` : skipped === undefined ? '' : `  skipped: ${skipped}`;
    process.stdout.write(`${escapeLine(`${id}  (${harness})${note}`)}\n`);
  }
  return { success: listed.every(({ failed }) => failed === undefined) };
}
