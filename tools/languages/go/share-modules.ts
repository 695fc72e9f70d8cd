import type { Side } from '../../harnesses/harness.ts';
import type { ProcessResult } from '../../kernel/process/types.ts';
import { languageErrors } from '../errors.ts';
import type { LanguageContext } from '../language.ts';

type Env = Readonly<Record<string, string | undefined>>;

const downloadTimeoutMs = 10 * 60_000;

/**
 * Modules are shared by nature: both sides read the one module cache. This fetches what the base needs and
 * the cache has not; vendored modules are in the tree.
 *
 * @throws AssayError `base/install-failed`
 */
export async function shareModules(base: Side, env: Env, context: LanguageContext): Promise<void> {
  if (await isComplete(base, env, context)) return;
  const args = ['mod', 'download'];
  context.progress('fetching the Go modules of the base');
  const result = await context.run({
    command: 'go',
    args,
    cwd: base.projectRoot,
    // A proxy or a repository that asks for a password would wait for ever.
    env: { ...env, GIT_TERMINAL_PROMPT: '0' },
    timeoutMs: downloadTimeoutMs,
    ...(context.signal ? { signal: context.signal } : {}),
  });
  if (result.state === 'exited' && result.code === 0) return;
  throw languageErrors.create('base/install-failed', {
    language: 'Go',
    folder: base.projectRoot,
    command: `go ${args.join(' ')}`,
    why: whyOf(result),
    output: 'stderr' in result ? result.stderr.trim().split('\n').slice(-8).join('\n') : '',
  });
}

/** Asks go to resolve all imports without the network. Errors of any other kind are for the build to tell. */
async function isComplete(base: Side, env: Env, context: LanguageContext): Promise<boolean> {
  const result = await context.run({
    command: 'go',
    args: ['list', '-e', '-deps', '-test', '-f', '{{with .Error}}{{.Err}}{{end}}', './...'],
    cwd: base.projectRoot,
    env: { ...env, GOPROXY: 'off' },
    timeoutMs: 300_000,
    maxOutputBytes: 16 * 1024 * 1024,
    ...(context.signal ? { signal: context.signal } : {}),
  });
  if (result.state !== 'exited') return false;
  return !/GOPROXY=off|module lookup disabled/.test(result.stdout + result.stderr);
}

function whyOf(result: ProcessResult): string {
  switch (result.state) {
    case 'exited':
      return `ended with exit code ${result.code}`;
    case 'signalled':
      return `was ended by ${result.signal}`;
    case 'timed-out':
      return 'took more than ten minutes';
    case 'not-found':
      return `could not be started (${result.reason})`;
  }
}
