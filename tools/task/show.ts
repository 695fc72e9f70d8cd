import { isAssayError } from '../kernel/errors/assay-error.ts';
import type { Report } from '../kernel/report/schema.ts';
import { escapeLine } from '../views/escape.ts';
import { renderTerminal } from '../views/terminal/report.ts';

/** Columns for output that is no terminal, such as a CI log. */
const DEFAULT_WIDTH = 120;

/** Prints a Report: as JSON alone, or for people. */
export function showReport(report: Report, folder: string, options: { readonly json: boolean }): void {
  if (options.json) {
    printJson(report);
    return;
  }
  const width = process.stdout.columns ?? (Number(process.env.COLUMNS) || DEFAULT_WIDTH);
  const text = renderTerminal(report, { width, colour: wantsColour(), reportPath: `${folder}/report.md` });
  process.stdout.write(`\n${text}`);
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** A user's mistake is told with its remedy; anything else is a fault of ours and keeps its stack. */
export function showError(error: unknown): { success: false } {
  if (!isAssayError(error)) throw error;
  process.stderr.write(
    `\n${error.code}: ${escapeLine(error.message)}\n  mend: ${escapeLine(error.remedy)}\n`,
  );
  return { success: false };
}

/** Whether a task with this Report succeeds: observing never fails, and only the verdicts named fail. */
export function succeeds(report: Report, failOn: readonly Report['verdict'][]): boolean {
  return report.enforcement === 'observe' || !failOn.includes(report.verdict);
}

/** Nx sets FORCE_COLOR for tasks whose output it shows on a terminal. */
function wantsColour(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return process.stdout.isTTY === true;
}
