import type { RunResult } from './run.ts';
import { type NxOptions, nx, type Workspace } from './workspace.ts';

/** What became of each task of a run, as Nx printed it: `web:bench` → `local cache`, `ran`, `failed`. */
export function taskStates(result: RunResult): Record<string, 'ran' | 'cached' | 'failed'> {
  const states: Record<string, 'ran' | 'cached' | 'failed'> = {};
  for (const line of result.output.split('\n')) {
    const match =
      /^\s*[✔✖√×]?\s*(?:>\s+)?nx run (\S+?)(?:\s{2,}(\[[^\]]*\]))?(?:\s+\(.*\))?\s*(?:\[(.*)\])?$/.exec(line);
    if (!match) continue;
    const [task, note] = [match[1]!, `${match[2] ?? ''}${match[3] ?? ''}`];
    const failed = /[✖×]/.test(line);
    states[task] = failed ? 'failed' : /cache/.test(note) ? 'cached' : 'ran';
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
