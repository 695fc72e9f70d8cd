import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const TIMEOUT_MS = 5000;

/**
 * What enters a measurement's cache key beside the code: machine class, our version, Node's, and the version
 * of each language's tools, or `missing`. One line, equal as long as figures may be set side by side.
 *
 * @param languages `typescript` (Node alone), `python`, `go`, `rust`, `java`; others are told as `unknown`
 */
export async function fingerprint(facts: {
  readonly languages: readonly string[];
  readonly workspaceRoot: string;
  readonly machine: string;
  readonly ownVersion: string;
  readonly nodeVersion: string;
}): Promise<string> {
  const names = [...new Set(facts.languages)].sort();
  const tools = await Promise.all(
    names.map(async (name) => `${name} ${await toolVersion(name, facts.workspaceRoot)}`),
  );
  const parts = [facts.machine, `nx-assay ${facts.ownVersion}`, `node ${facts.nodeVersion}`, ...tools];
  return parts.join(' | ').replace(/\s+/g, ' ');
}

async function toolVersion(language: string, root: string): Promise<string> {
  switch (language) {
    case 'typescript':
      return 'node';
    case 'python':
      return (await ask(pythonOf(root), ['--version'], root)) ?? 'missing';
    case 'go':
      // A `toolchain` line must not make a cache key wait for a download.
      return (
        (await ask('go', ['version'], root, { GOPROXY: 'off' })) ??
        (await ask('go', ['version'], root, { GOTOOLCHAIN: 'local' })) ??
        'missing'
      );
    case 'rust':
      return rustVersion(root);
    case 'java':
      return javaVersion(root);
    default:
      return 'unknown';
  }
}

/** The compiler of the workspace's root; a toolchain file below it is an input by itself. */
async function rustVersion(root: string): Promise<string> {
  // A toolchain that is not there must not make a cache key wait for a download.
  return (await ask('rustc', ['--version'], root, { RUSTUP_AUTO_INSTALL: '0' })) ?? 'missing';
}

/** `java -version` says two lines more than its version: the build of the runtime and of the machine count too. */
async function javaVersion(root: string): Promise<string> {
  const home = process.env.JAVA_HOME ?? '';
  const own = join(home, 'bin', process.platform === 'win32' ? 'java.exe' : 'java');
  return (await ask(home !== '' && existsSync(own) ? own : 'java', ['-version'], root, {}, 3)) ?? 'missing';
}

function pythonOf(root: string): string {
  const own = ['.venv/bin/python', '.venv/Scripts/python.exe'].map((path) => join(root, path));
  return own.find((path) => existsSync(path)) ?? 'python3';
}

function ask(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
  lines = 1,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { cwd, timeout: TIMEOUT_MS, env: { ...process.env, ...env }, windowsHide: true };
    execFile(command, args, options, (error, stdout, stderr) => {
      resolve(
        error === null ? (stdout.trim() || stderr.trim()).split('\n').slice(0, lines).join(' ') : undefined,
      );
    });
  });
}
