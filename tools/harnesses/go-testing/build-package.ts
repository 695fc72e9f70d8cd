import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunProcess } from '../../kernel/process/types.ts';

/** What a test binary is built with. */
export interface BuildContext {
  readonly run: RunProcess;
  readonly signal?: AbortSignal;
  readonly command: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Paths of the machine left out of the binary, so that equal code in two trees gives equal bytes.
   * Not for code that finds its files by `runtime.Caller`.
   */
  readonly trimPath: boolean;
}

export interface BuildRequest {
  /** Absolute folder of the package. */
  readonly folder: string;
  /** Absolute path of the binary to be. */
  readonly binary: string;
  /** Overlay: path → replacement, empty to delete. */
  readonly replace: Readonly<Record<string, string>>;
  /** All errors and not just the first ten; changes the binary. */
  readonly allErrors?: boolean;
}

export type Build =
  | { readonly state: 'built'; readonly binary: string }
  | { readonly state: 'failed'; readonly reason: string; readonly output: string };

/** A big module's first build may compile hundreds of packages. */
const buildTimeoutMs = 15 * 60_000;

/** Compiles a package's tests to one binary: `go test -c`. */
export async function buildPackage(request: BuildRequest, context: BuildContext): Promise<Build> {
  const overlay = `${request.binary}.overlay.json`;
  await writeFile(overlay, JSON.stringify({ Replace: request.replace }));
  const result = await context.run({
    command: context.command,
    args: [
      ...['test', '-c', '-vet=off', '-buildvcs=false'],
      ...(context.trimPath ? ['-trimpath'] : []),
      ...(request.allErrors ? ['-gcflags=-e'] : []),
      ...['-overlay', overlay, '-o', request.binary, '.'],
    ],
    cwd: request.folder,
    env: context.env,
    timeoutMs: buildTimeoutMs,
    ...(context.signal ? { signal: context.signal } : {}),
  });
  switch (result.state) {
    case 'not-found':
      return { state: 'failed', reason: `the go command could not be started: ${result.reason}`, output: '' };
    case 'timed-out':
      return failed('it took more than 15 minutes to compile', result.stderr);
    case 'signalled':
      return failed(`the compiler was ended by ${result.signal}`, result.stderr);
    case 'exited':
      break;
  }
  const output = `${result.stderr}\n${result.stdout}`.trim();
  if (result.code !== 0) return failed(`it does not compile: ${firstErrors(output)}`, output);
  const built = await stat(request.binary).catch(() => undefined);
  if (!built)
    return failed('its build constraints leave no test file for this platform and these tags', output);
  return { state: 'built', binary: request.binary };
}

function failed(reason: string, output: string): Build {
  return { state: 'failed', reason, output: output.trim() };
}

/** The first lines that say something: `# package` headings and the final FAIL left out. */
function firstErrors(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !/^(#|FAIL\b)/.test(line));
  return lines.slice(0, 3).join('; ').slice(0, 500);
}

/** SHA-256 of a file, hexadecimal. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
}

/** Name of a package's binary: of equal length for all packages and both sides. */
export function binaryPath(scratch: string, folder: string): string {
  return join(scratch, `${createHash('sha256').update(folder).digest('hex').slice(0, 12)}.test`);
}
