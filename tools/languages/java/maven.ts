import type { ProcessResult, RunProcess } from '../../kernel/process/types.ts';

export interface MavenRequest {
  readonly program: string;
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunProcess;
  readonly signal?: AbortSignal;
}

export type MavenResult =
  | { readonly state: 'done' }
  | { readonly state: 'failed'; readonly reason: string; readonly output: string };

/** A first build may fetch hundreds of artefacts. */
const TIMEOUT_MS = 15 * 60_000;

/** What checks or changes sources, or adds to the build, and has no say in what is measured. */
const switchedOff = [
  ...['enforcer', 'checkstyle', 'pmd', 'cpd', 'spotbugs', 'findbugs', 'rat', 'license', 'animal.sniffer'],
  ...['jacoco', 'spotless.check', 'spotless.apply', 'fmt', 'formatter', 'impsort', 'sortpom', 'sort'],
  ...['maven.javadoc', 'cyclonedx', 'gpg', 'revapi', 'japicmp'],
].map((name) => `-D${name}.skip=true`);

const always = [
  ...['--batch-mode', '--no-transfer-progress', '-Dstyle.color=never', '-DskipTests'],
  ...['-Dmaven.build.cache.enabled=false', ...switchedOff],
];

/**
 * Runs Maven: without the network first, since what it looks for is mostly there, and with it only where something
 * is missing.
 */
export async function runMaven(request: MavenRequest): Promise<MavenResult> {
  const first = await once(request, ['--offline']);
  return first.state === 'failed' && /offline/i.test(first.output) ? await once(request, []) : first;
}

async function once(
  { program, cwd, args, env, run, signal }: MavenRequest,
  more: readonly string[],
): Promise<MavenResult> {
  const result = await run({
    command: program,
    args: [...always, ...more, ...args],
    cwd,
    // Maven ends before an optimising compiler would have paid off.
    env: {
      ...env,
      CLASSPATH: undefined,
      MAVEN_OPTS: `-XX:TieredStopAtLevel=1 ${env.MAVEN_OPTS ?? process.env.MAVEN_OPTS ?? ''}`.trim(),
    },
    timeoutMs: TIMEOUT_MS,
    maxOutputBytes: 4 * 1024 * 1024,
    ...(signal ? { signal } : {}),
  });
  return result.state === 'exited' && result.code === 0 ? { state: 'done' } : failure(result);
}

function failure(result: ProcessResult): MavenResult {
  switch (result.state) {
    case 'not-found':
      return { state: 'failed', reason: `Maven could not be started: ${result.reason}`, output: '' };
    case 'timed-out':
      return { state: 'failed', reason: 'Maven took more than 15 minutes', output: result.stdout };
    case 'signalled':
      return { state: 'failed', reason: `Maven was ended by ${result.signal}`, output: result.stdout };
    case 'exited': {
      const output = `${result.stdout}\n${result.stderr}`.trim();
      return { state: 'failed', reason: `Maven failed: ${firstErrors(output)}`, output: errorsOf(output) };
    }
  }
}

/** Headings and advice that say nothing about the cause. */
const idle =
  /^(COMPILATION ERROR|-+|->|To see the full|Re-run Maven|For more information|After correcting|mvn <|\[Help|Failed to execute goal .*maven-compiler-plugin)/;

function firstErrors(output: string): string {
  const errors = [...output.matchAll(/^\[(?:ERROR|FATAL)\]\s*(.+)$/gm)]
    .map((match) =>
      (match[1] as string)
        .replace(/^\[ERROR\]\s*/, '')
        .replace(/\s*(?:-> \[Help \d+\]|@)\s*$/, '')
        .trim(),
    )
    .filter((line) => line !== '' && !idle.test(line));
  const chosen = errors.length > 0 ? [...new Set(errors)] : output.split('\n').slice(-3);
  return chosen.slice(0, 3).join('; ').slice(0, 600);
}

/** Its progress left out, where it says at all what went wrong. */
function errorsOf(output: string): string {
  const at = output.search(/^\[(?:ERROR|FATAL)\]/m);
  return at < 0 ? output : output.slice(at);
}

/** Files in which javac found errors, as Maven prints them: absolute paths. */
export function brokenFiles(output: string): readonly string[] {
  const found = [
    ...output.matchAll(/^\[ERROR\]\s*(\/.+?\.java|[A-Za-z]:\\.+?\.java):(?:\[\d+,\d+\]|\d+:)/gm),
  ];
  return [...new Set(found.map((match) => match[1] as string))];
}
