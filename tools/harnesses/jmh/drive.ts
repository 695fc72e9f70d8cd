import { delimiter } from 'node:path';
import { driveProcess } from '../drive-process.ts';
import type { DriveOutcome, DriveRequest, DriveResult, HarnessContext } from '../harness.ts';
import { driverClass, type Launch } from './launches.ts';

/** A built benchmark file. */
export interface Target {
  /** Types at the top of the file, with their packages; the one that the file is named after comes first. */
  readonly classes: readonly string[];
  readonly lines: ReadonlyMap<string, number>;
  /** By benchmark name, as `nameIn` makes it. */
  readonly launches: ReadonlyMap<string, Launch>;
  readonly classPath: readonly string[];
  /** Folder of the module in the build tree: where Maven would start it. */
  readonly folder: string;
  /** `java` for what runs no benchmark. */
  readonly java: string;
}

/**
 * The name of a benchmark within its file: `method [a=1]`, and `Inner › method` in another class than the first. The
 * driver makes the same.
 */
export function nameIn(classes: readonly string[], { className, name }: Launch): string | undefined {
  const own = className.replaceAll('$', '.');
  const top = classes.find((each) => own === each || own.startsWith(`${each}.`));
  if (top === undefined) return undefined;
  const rest = top === classes[0] ? own.slice(top.length + 1) : own.slice(top.lastIndexOf('.') + 1);
  return rest === '' ? name : `${rest} › ${name}`;
}

/** Runs one fresh process a benchmark, as JMH would start it, or one that lists them all. */
export async function drive(
  request: DriveRequest,
  target: Target,
  context: HarnessContext,
): Promise<DriveResult> {
  if (request.mode === 'list') {
    const listed = await once(request, { command: target.java, args: [] }, target, context);
    return { ...listed, outcomes: listed.outcomes.map((outcome) => withLine(outcome, target)) };
  }
  const names = request.benchmarks.length > 0 ? request.benchmarks : [...target.launches.keys()];
  const results: DriveResult[] = [];
  for (const name of names) {
    const launch = target.launches.get(name) ?? { command: target.java, args: [] };
    results.push(await once({ ...request, benchmarks: [name] }, launch, target, context));
  }
  return {
    outcomes: results.flatMap(({ outcomes }) => outcomes),
    duplicates: [],
    loaded: [...new Set(results.flatMap(({ loaded }) => loaded))],
    process: results.at(-1)!.process,
  };
}

function once(
  request: DriveRequest,
  { command, args }: Pick<Launch, 'command' | 'args'>,
  { classes, classPath, folder }: Target,
  context: HarnessContext,
): Promise<DriveResult> {
  const program = {
    command,
    // JMH would refuse a second process beside it, on the whole machine; ours wait for each other elsewhere.
    args: [...args, '-Djmh.ignoreLock=true', '-cp', classPath.join(delimiter), driverClass],
    cwd: folder,
    env: context.env,
    target: folder,
    extra: { classes },
  };
  return driveProcess(program, request, context);
}

function withLine(outcome: DriveOutcome, { lines }: Target): DriveOutcome {
  const method = outcome.name.split(' › ').at(-1)!.split(' [')[0]!;
  const line = lines.get(method);
  return outcome.state === 'listed' && line !== undefined ? { ...outcome, line } : outcome;
}
