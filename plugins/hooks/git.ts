import { spawnSync } from 'node:child_process';
import { gitEnvironment } from '../../tools/kernel/git/environment.ts';

export type GitResult =
  | { readonly state: 'ok'; readonly output: string }
  | { readonly state: 'failed'; readonly reason: string };

/** Runs git and waits: the hook must not yield, see pre-tasks.ts. */
export type Git = (args: readonly string[]) => GitResult;

/** git in the workspace root, without a shell, prompts or pagers. */
export function gitIn(workspaceRoot: string): Git {
  return (args) => {
    const { status, stdout, stderr, error } = spawnSync('git', ['--no-pager', ...args], {
      cwd: workspaceRoot,
      encoding: 'utf8',
      timeout: 20_000,
      maxBuffer: 512 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...gitEnvironment() },
    });
    if (error !== undefined) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      return { state: 'failed', reason: missing ? 'git is not installed' : error.message };
    }
    if (status === 0) return { state: 'ok', output: stdout };
    return { state: 'failed', reason: firstLine(stderr) || `git ended with code ${status}` };
  };
}

function firstLine(text: string): string {
  return (text.trim().split('\n', 1)[0] as string).replace(/^fatal:\s*/, '').slice(0, 300);
}
