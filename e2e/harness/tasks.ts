import type { RunResult } from './run.ts';
import { type NxOptions, nx, type Workspace } from './workspace.ts';

/** What became of each task of a run with `--output-style=static`, as Nx printed it. */
export function taskStates(result: RunResult): Record<string, 'ran' | 'cached' | 'failed'> {
  const states: Record<string, 'ran' | 'cached' | 'failed'> = {};
  const lines = result.output.split('\n');
  for (const line of lines) {
    const [, task, rest = ''] = /^\s*[>✔✖] +nx run (\S+:\S+)(.*)$/.exec(line) ?? [];
    if (task === undefined) continue;
    states[task] = /\[(local cache|remote cache|existing outputs)/.test(rest) ? 'cached' : 'ran';
  }
  for (const line of lines.slice(lines.lastIndexOf('Failed tasks:') + 1)) {
    const [, task] = /^- (\S+)$/.exec(line) ?? [];
    if (task !== undefined && task in states) states[task] = 'failed';
  }
  return states;
}

/** Ids of the tasks that a command would run, without running them. */
export async function plannedTasks(
  ws: Workspace,
  args: readonly string[],
  options: NxOptions = {},
): Promise<string[]> {
  const result = await nx(ws, [...args, '--graph=stdout'], options);
  const start = result.stdout.indexOf('{');
  if (result.code !== 0 || start < 0) throw new Error(`nx ${args.join(' ')}: ${result.output}`);
  const json = JSON.parse(result.stdout.slice(start)) as { tasks: { tasks: Record<string, unknown> } };
  return Object.keys(json.tasks.tasks).sort();
}
