import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isAssayError } from '../kernel/errors/assay-error.ts';
import { printJson, showError, showReport, succeeds } from '../task/show.ts';
import { judgeErrors } from './errors.ts';
import type { JudgeRequest } from './request.ts';
import { judgeTask } from './task.ts';

/**
 * `npm run --silent bench:judge -- --base=<file> --head=<file> [--json]`: the judge of this repository without Nx. With
 * `--json` the Report is all that goes to standard output, also where the files cannot be read.
 */
async function main(): Promise<boolean> {
  const request = requestOf(process.argv.slice(2));
  const effects = { clock: () => performance.now(), now: () => new Date(), env: process.env };
  const { report, folder } = await judgeTask(request, effects);
  if (request.json) printJson(report);
  else showReport(report, folder, { json: false });
  return succeeds(report, ['failed']);
}

/** @throws AssayError `judge/usage` */
function requestOf(args: readonly string[]): JudgeRequest & { readonly json: boolean } {
  const { values } = parse(args);
  const { base, head } = values;
  if (!base || !head) {
    const problem = `${base ? '--head' : '--base'} is missing`;
    throw judgeErrors.create('judge/usage', { problem });
  }
  const margin = values.margin === undefined ? undefined : Number(values.margin);
  if (margin !== undefined && !(margin > 0)) {
    throw judgeErrors.create('judge/usage', {
      problem: `--margin=${values.margin} is not a positive number`,
    });
  }
  const cwd = process.env.INIT_CWD ?? process.cwd();
  return {
    workspaceRoot: process.cwd(),
    project: { name: 'assay', root: 'assay', tags: [] },
    target: 'assay:judge',
    configuration: '',
    base: { path: resolve(cwd, base), shown: base },
    head: { path: resolve(cwd, head), shown: head },
    controls: values.controls ?? [],
    ...(margin === undefined ? {} : { margin }),
    json: values.json ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        base: { type: 'string' },
        head: { type: 'string' },
        json: { type: 'boolean' },
        margin: { type: 'string' },
        controls: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw judgeErrors.create(
      'judge/usage',
      { problem: (error as Error).message.split('\n')[0] ?? '' },
      error,
    );
  }
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  if (!isAssayError(error)) throw error;
  showError(error);
  process.exitCode = 2;
}
