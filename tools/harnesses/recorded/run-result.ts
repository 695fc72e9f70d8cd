import { mkdir, rm, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { isAssayError } from '../../kernel/errors/assay-error.ts';
import { formatError } from '../../kernel/errors/format-error.ts';
import type { ProcessResult } from '../../kernel/process/types.ts';
import {
  loadFormats,
  parseSource,
  type Recording,
  readRecording,
  readSource,
} from '../../recordings/index.ts';
import type { DriveResult, HarnessContext, Side } from '../harness.ts';
import { fillIn, type ResultSetting } from './result-settings.ts';

/** One run of a command, and what it wrote. */
export type ResultRun =
  | { readonly state: 'read'; readonly recording: Recording; readonly process: DriveResult['process'] }
  | { readonly state: 'failed'; readonly reason: string; readonly process: DriveResult['process'] };

/** Runs the command of an entry once on one side, and reads the file that it wrote. */
export async function runResult(
  setting: ResultSetting,
  side: Side,
  context: HarnessContext,
  timeoutMs: number,
): Promise<ResultRun> {
  const folder = join(context.scratch, 'recorded');
  const out = join(folder, 'out');
  await mkdir(folder, { recursive: true });
  await rm(out, { recursive: true, force: true });
  const cwd = resolve(side.projectRoot, fillIn(setting.cwd, side, out));
  const file = setting.file === '-' ? undefined : resolve(cwd, fillIn(setting.file, side, out));
  for (const path of [cwd, ...(file === undefined || file.startsWith(folder) ? [] : [file])]) {
    const outside = relative(side.repoRoot, path);
    if (isAbsolute(outside) || outside.split(/[\\/]/)[0] === '..') {
      return failed(`its path leaves the repository: ${path}`, exited('', 0));
    }
  }
  const before = await stampOf(file);
  const [program = '', ...args] = setting.command.map((part) => fillIn(part, side, out));
  const result = await context.run({
    command: program,
    args,
    cwd,
    env: { ...context.env, ...setting.env },
    timeoutMs: Math.max(1, timeoutMs),
    ...(context.signal ? { signal: context.signal } : {}),
  });
  const process = endOf(result);
  const problem = problemOf(result);
  if (problem !== undefined) return failed(problem, process);
  if (file !== undefined && before !== undefined && before === (await stampOf(file))) {
    return failed(`it did not write ${setting.file} anew`, process);
  }
  return read(setting, file, result.state === 'exited' ? result.stdout : '', process);
}

async function read(
  setting: ResultSetting,
  file: string | undefined,
  stdout: string,
  process: DriveResult['process'],
): Promise<ResultRun> {
  try {
    const recording =
      file === undefined
        ? readSource(parseSource(stdout, 'its standard output'), await loadFormats(), 'head', setting.format)
        : await readRecording(file, setting.file, 'head', setting.format);
    return { state: 'read', recording, process };
  } catch (error) {
    if (!isAssayError(error)) throw error;
    return failed(formatError(error).replace(/\s*\n\s*/g, ' '), process);
  }
}

/** Of a folder nothing is told: its files are written, not it. */
async function stampOf(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    const found = await stat(file, { bigint: true });
    return found.isFile() ? `${found.mtimeNs} ${found.ino}` : undefined;
  } catch {
    return undefined;
  }
}

function failed(reason: string, process: DriveResult['process']): ResultRun {
  return { state: 'failed', reason, process };
}

function exited(output: string, wallMs: number): DriveResult['process'] {
  return { state: 'exited', detail: 'exit code 0', output, wallMs };
}

function endOf(result: ProcessResult): DriveResult['process'] {
  if (result.state === 'not-found')
    return { state: 'not-found', detail: result.reason, output: '', wallMs: 0 };
  const output = `${result.stdout.slice(-2000)}\n${result.stderr.slice(-2000)}`.trim();
  const wallMs = result.durationMs;
  if (result.state === 'timed-out') return { state: 'timed-out', detail: 'time-out', output, wallMs };
  if (result.state === 'signalled') return { state: 'signalled', detail: result.signal, output, wallMs };
  return { state: 'exited', detail: `exit code ${result.code}`, output, wallMs };
}

function problemOf(result: ProcessResult): string | undefined {
  switch (result.state) {
    case 'not-found':
      return `it could not be started: ${result.reason}`;
    case 'timed-out':
      return `it was stopped after ${Math.round(result.durationMs / 1000)} s without finishing`;
    case 'signalled':
      return `it was ended by ${result.signal}`;
    case 'exited': {
      if (result.code === 0) return undefined;
      const last = `${result.stdout}\n${result.stderr}`.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
      return `it ended with exit code ${result.code}${last === '' ? '' : `: ${last}`}`;
    }
  }
}
