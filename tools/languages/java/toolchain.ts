import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessResult } from '../../kernel/process/types.ts';
import type { LanguageContext, Toolchain } from '../language.ts';
import { javaProgram } from './java-home.ts';
import { mavenProgram } from './maven-program.ts';
import { ownModule } from './modules.ts';

/** The oldest Java that our driver runs on. */
const oldest = 8;

const TIMEOUT_MS = 120_000;

/** The JDK and the Maven that a project uses. Each that is missing is named, with what to do. */
export async function findJava(
  projectRoot: string,
  workspaceRoot: string,
  context: LanguageContext,
): Promise<Toolchain> {
  const jdk =
    'Install a JDK (8 or newer), such as https://adoptium.net, and put its bin folder on the PATH or set JAVA_HOME.';
  const ask = (command: string, ...args: string[]): Promise<ProcessResult> =>
    context.run({
      command,
      args,
      cwd: projectRoot,
      timeoutMs: TIMEOUT_MS,
      ...(context.signal ? { signal: context.signal } : {}),
    });
  const java = await ask(javaProgram('java', process.env), '-version');
  if (!worked(java)) return missing('Java', java, jdk);
  const version = versionIn(`${java.stderr}\n${java.stdout}`) ?? 'unknown';
  if (majorOf(version) < oldest) {
    return { state: 'missing', what: `Java ${oldest} or newer (found: ${version})`, remedy: jdk };
  }
  const javac = await ask(javaProgram('javac', process.env), '-version');
  if (!worked(javac)) return missing('the Java compiler (javac)', javac, jdk);
  if (ownModule(projectRoot, workspaceRoot) === undefined) return withoutPom(projectRoot);
  const maven = mavenProgram(projectRoot, workspaceRoot);
  const answer = await ask(maven, '-v');
  if (!worked(answer)) {
    return missing(
      'Maven',
      answer,
      'Install Maven 3.6 or newer from https://maven.apache.org and put its bin folder on the PATH; or add the Maven wrapper (mvnw) to the workspace.',
    );
  }
  const mavenVersion = /Apache Maven (\S+)/.exec(plain(answer.stdout))?.[1] ?? 'unknown';
  const tools = { java: firstLine(java.stderr || java.stdout), maven: mavenVersion };
  return { state: 'found', command: maven, version, tools };
}

function withoutPom(projectRoot: string): Toolchain {
  const gradle = ['build.gradle', 'build.gradle.kts'].some((name) => existsSync(join(projectRoot, name)));
  return {
    state: 'missing',
    what: gradle
      ? 'a pom.xml (this is a Gradle project, and JMH benchmarks are built with Maven only)'
      : 'a pom.xml',
    remedy: gradle
      ? 'Add a pom.xml for the benchmarks; or measure a program of the Gradle build by "commands" in assay/bench.json.'
      : 'Put the benchmarks into a Maven module.',
  };
}

type Exited = Extract<ProcessResult, { state: 'exited' }>;

function worked(result: ProcessResult): result is Exited {
  return result.state === 'exited' && result.code === 0;
}

function missing(what: string, result: ProcessResult, remedy: string): Toolchain {
  if (result.state === 'not-found') return { state: 'missing', what, remedy };
  const said = firstLine(plain(result.stderr) || plain(result.stdout));
  const why = result.state === 'timed-out' ? 'it did not answer within two minutes' : said;
  return { state: 'missing', what: why === '' ? what : `${what} (${why})`, remedy };
}

/** `openjdk version "17.0.15" 2025-04-15` → `17.0.15`. */
function versionIn(text: string): string | undefined {
  return /version "([^"]+)"/.exec(text)?.[1];
}

/** `1.8.0_402` is Java 8. What has no number counts as new. */
function majorOf(version: string): number {
  const [first, second] = version.split(/[._-]/).map(Number);
  const major = first === 1 ? second : first;
  return major === undefined || Number.isNaN(major) ? Number.POSITIVE_INFINITY : major;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.trim() ?? '';
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Maven colours its version.
  return text.replace(/\u001b\[[\d;]*m/g, '');
}
