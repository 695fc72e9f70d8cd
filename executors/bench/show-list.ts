import type { BenchmarkList } from '../../tools/bench/list.ts';
import { printJson } from '../../tools/task/show.ts';
import { escapeLine } from '../../tools/views/escape.ts';

/**
 * Prints the benchmarks of a project; findings go to standard error. Succeeds where all of its files could be listed
 * and none of the findings is an error.
 */
export function showList(
  { benchmarks, findings }: BenchmarkList,
  options: { readonly json: boolean },
): { success: boolean } {
  if (options.json) printJson(benchmarks);
  for (const { id, harness, skipped, quarantined, failed } of options.json ? [] : benchmarks) {
    const note = failed
      ? `  failed: ${failed}`
      : quarantined
        ? `  in quarantine until ${quarantined.expires}, ${quarantined.owner}: ${quarantined.reason}`
        : skipped === undefined
          ? ''
          : `  skipped: ${skipped}`;
    process.stdout.write(`${escapeLine(`${id}  (${harness})${note}`)}\n`);
  }
  for (const { severity, id, message, remedy } of findings) {
    process.stderr.write(`\n${severity} ${id}: ${escapeLine(message)}\n  mend: ${escapeLine(remedy)}\n`);
  }
  const errors = findings.some(({ severity }) => severity === 'error');
  return { success: !errors && benchmarks.every(({ failed }) => failed === undefined) };
}
