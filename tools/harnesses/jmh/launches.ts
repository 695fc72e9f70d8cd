import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { javaProgram } from '../../languages/java/java-home.ts';
import { processEnd } from '../drive-process.ts';
import type { HarnessContext } from '../harness.ts';

/** A benchmark as JMH's annotation processor left it, and how JMH would start its process. */
export interface Launch {
  /** Class that JMH runs, nested ones with a dot. */
  readonly className: string;
  /** Method and parameters, without the classes around it. */
  readonly name: string;
  readonly command: string;
  /** Arguments of the JVM: those of `@Fork`, and JMH's hints for the compiler. */
  readonly args: readonly string[];
}

export type Launches =
  | { readonly state: 'known'; readonly launches: readonly Launch[] }
  | { readonly state: 'failed'; readonly reason: string; readonly output: string };

export const driverClass = 'nxassay.jmh.Driver';

/** Asks the project's JMH, in a process of its own, for all its benchmarks. */
export async function readLaunches(
  classPath: readonly string[],
  cwd: string,
  scratch: string,
  context: HarnessContext,
): Promise<Launches> {
  const folder = join(scratch, 'describe');
  await mkdir(folder, { recursive: true });
  const [request, eventsPath] = [join(folder, 'request.json'), join(folder, 'events.jsonl')];
  await rm(eventsPath, { force: true });
  const hintsPath = join(scratch, 'compiler-hints');
  await writeFile(
    request,
    JSON.stringify({ mode: 'describe', eventsPath, hintsPath, iterations: {}, warmup: {} }),
  );
  const result = await context.run({
    command: javaProgram('java', { ...process.env, ...context.env }),
    args: ['-cp', classPath.join(delimiter), driverClass, request],
    cwd,
    env: context.env,
    timeoutMs: 120_000,
    ...(context.signal ? { signal: context.signal } : {}),
  });
  const launches = parseLaunches(await readFile(eventsPath, 'utf8').catch(() => ''));
  const end = processEnd(result);
  if (launches !== undefined) return { state: 'known', launches };
  const why = /Unable to find the resource: \/META-INF\/BenchmarkList/.test(end.output)
    ? 'JMH has made nothing of it: add org.openjdk.jmh:jmh-generator-annprocess to the dependencies of the module, or to the annotationProcessorPaths of its compiler'
    : `JMH could not be asked for its benchmarks (${end.detail}): ${lastError(end.output)}`;
  return { state: 'failed', reason: why, output: end.output };
}

/** Undefined where the process did not come to its end. */
function parseLaunches(text: string): readonly Launch[] | undefined {
  const launches: Launch[] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    let event: Record<string, unknown>;
    try {
      event = JSON.parse(line) as Record<string, unknown>;
    } catch {
      return undefined; // cut short by whatever ended the process
    }
    if (event.event === 'end') return launches;
    const [command = 'java', ...args] = event.command as readonly string[];
    launches.push({ className: String(event.class), name: String(event.name), command, args });
  }
  return undefined;
}

function lastError(output: string): string {
  const lines = output.split('\n');
  return (lines.find((line) => /(Exception|Error)\b/.test(line)) ?? lines.at(-1) ?? '').trim().slice(0, 300);
}
