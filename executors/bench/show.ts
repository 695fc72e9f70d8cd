import type { ListedBenchmark } from '../../tools/bench/list.ts';
import { isAssayError } from '../../tools/kernel/errors/assay-error.ts';
import type { Report } from '../../tools/kernel/report/schema.ts';
import { escapeLine } from '../../tools/views/escape.ts';
import { renderTerminal } from '../../tools/views/terminal/report.ts';
import type { BenchOptions } from './options.ts';

type Output = Pick<BenchOptions, 'json'>;

/** Prints the Report: as JSON alone, or for people. */
export function showReport(report: Report, folder: string, { json }: Output): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    return;
  }
  const width = process.stdout.columns ?? (Number(process.env.COLUMNS) || 120);
  const text = renderTerminal(report, { width, colour: wantsColour(), reportPath: `${folder}/report.md` });
  process.stdout.write(`\n${text}`);
}

export function showList(listed: readonly ListedBenchmark[], { json }: Output): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(listed, undefined, 2)}\n`);
    return;
  }
  for (const { id, harness, skipped, failed } of listed) {
    const note = failed ? `  failed: ${failed}` : skipped === undefined ? '' : `  skipped: ${skipped}`;
    process.stdout.write(`${escapeLine(`${id}  (${harness})${note}`)}\n`);
  }
}

/** A user's mistake is told with its remedy; anything else is a fault of ours and keeps its stack. */
export function showError(error: unknown): { success: false } {
  if (!isAssayError(error)) throw error;
  process.stderr.write(
    `\n${error.code}: ${escapeLine(error.message)}\n  mend: ${escapeLine(error.remedy)}\n`,
  );
  return { success: false };
}

/** Nx sets FORCE_COLOR for tasks whose output it shows on a terminal. */
function wantsColour(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return process.stdout.isTTY === true;
}
