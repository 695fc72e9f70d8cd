import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessResult } from '../../kernel/process/types.ts';
import { languageErrors } from '../errors.ts';
import type { LanguageContext } from '../language.ts';
import type { Lockfile } from './lockfiles.ts';

const TIMEOUT_MS = 15 * 60_000;
/** Lines of an installer's output in a message. */
const SHOWN = 16;

/** What an installer may not do to the repository that the checkout shares with the user's own tree. */
const ENV = {
  CI: 'true',
  HUSKY: '0',
  LEFTHOOK: '0',
  NODE_OPTIONS: undefined,
  NODE_PATH: undefined,
  NODE_ENV: undefined,
};

/**
 * Installs exactly what a lockfile says, with the package manager that wrote it.
 *
 * @throws AssayError `base/install-failed` with the telling lines of the installer's output
 */
export async function installLocked(lockfile: Lockfile, context: LanguageContext): Promise<void> {
  const { folder, manager } = lockfile;
  const args = installArguments(lockfile);
  context.progress(`installing the base's packages: ${manager} ${args.join(' ')}`);
  const run = (command: string, all: readonly string[]): Promise<ProcessResult> =>
    context.run({
      command,
      args: all,
      cwd: folder,
      env: ENV,
      timeoutMs: TIMEOUT_MS,
      ...(context.signal ? { signal: context.signal } : {}),
    });
  let result = await run(manager, args);
  // Corepack serves package managers that are named in package.json and not installed.
  if (result.state === 'not-found' && manager !== 'npm') {
    const second = await run('corepack', [manager, ...args]);
    if (second.state !== 'not-found') result = second;
  }
  if (result.state === 'exited' && result.code === 0) return;
  throw languageErrors.create('base/install-failed', {
    language: 'JavaScript',
    command: [manager, ...args].join(' '),
    folder,
    why: howItEnded(result),
    output: tellingLines(result),
  });
}

/** Arguments of a frozen install, which changes no lockfile. */
export function installArguments({ manager, folder }: Lockfile): readonly string[] {
  switch (manager) {
    case 'npm':
      return ['ci', '--prefer-offline', '--no-audit', '--no-fund'];
    case 'pnpm':
      return ['install', '--frozen-lockfile', '--prefer-offline'];
    case 'bun':
      return ['install', '--frozen-lockfile'];
    case 'yarn':
      return existsSync(join(folder, '.yarnrc.yml'))
        ? ['install', '--immutable']
        : ['install', '--frozen-lockfile', '--prefer-offline', '--non-interactive'];
  }
}

function howItEnded(result: ProcessResult): string {
  switch (result.state) {
    case 'exited':
      return `ended with exit code ${result.code}`;
    case 'signalled':
      return `was ended by ${result.signal}`;
    case 'timed-out':
      return `did not finish within ${TIMEOUT_MS / 60_000} minutes`;
    case 'not-found':
      return `could not be started: ${result.reason}`;
  }
}

/** npm says what is wrong first and prints its help after it; the others end with what is wrong. */
function tellingLines(result: ProcessResult): string {
  if (result.state === 'not-found') return `(is ${result.command} installed?)`;
  const lines = `${result.stderr}\n${result.stdout}`
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => !/^(npm (warn|error|notice)\s*)?$|^npm (warn|notice)\b/i.test(line));
  if (lines.length <= SHOWN) return lines.join('\n');
  return [...lines.slice(0, SHOWN / 2), '…', ...lines.slice(-SHOWN / 2)].join('\n');
}
