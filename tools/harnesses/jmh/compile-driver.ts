import { copyFile, mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaProgram } from '../../languages/java/java-home.ts';
import type { HarnessContext } from '../harness.ts';

const names = ['Clock', 'Driver', 'Events', 'Measure', 'Memory', 'Quiet', 'Request', 'Sampling', 'Workload'];
const sources = names.map((name) => ({ name, path: new URL(`./driver/${name}.java.tmpl`, import.meta.url) }));

export type CompiledDriver =
  | { readonly state: 'compiled'; readonly folder: string }
  | { readonly state: 'failed'; readonly reason: string; readonly output: string };

/** Compiles the driver against the project's own JMH. */
export async function compileDriver(
  classPath: readonly string[],
  scratch: string,
  context: HarnessContext,
): Promise<CompiledDriver> {
  const source = join(scratch, 'driver-source');
  const folder = join(scratch, 'driver');
  await mkdir(source, { recursive: true });
  await mkdir(folder, { recursive: true });
  for (const { name, path } of sources) await copyFile(fileURLToPath(path), join(source, `${name}.java`));
  const result = await context.run({
    command: javaProgram('javac', { ...process.env, ...context.env }),
    args: [
      // No annotation processor of the project has any business here.
      ...['-proc:none', '-nowarn', '-encoding', 'UTF-8', '-d', folder, '-cp', classPath.join(delimiter)],
      ...names.map((name) => join(source, `${name}.java`)),
    ],
    cwd: source,
    env: context.env,
    timeoutMs: 120_000,
    ...(context.signal ? { signal: context.signal } : {}),
  });
  if (result.state === 'exited' && result.code === 0) return { state: 'compiled', folder };
  if (result.state === 'not-found') {
    return { state: 'failed', reason: `javac could not be started: ${result.reason}`, output: '' };
  }
  const output = `${result.stderr}\n${result.stdout}`.trim();
  const reason = /package org\.openjdk\.jmh[\w.]* does not exist/.test(output)
    ? 'org.openjdk.jmh:jmh-core is not on the class path of the module: add it to its pom.xml'
    : `its version of JMH is one that we do not know (1.21 and newer are): ${firstError(output)}`;
  return { state: 'failed', reason, output };
}

function firstError(output: string): string {
  return (/error: (.*)/.exec(output)?.[1] ?? output.split('\n')[0] ?? '').slice(0, 300);
}
