import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { processEnd } from '../drive-process.ts';
import type { DriveOutcome, DriveRequest, DriveResult, HarnessContext } from '../harness.ts';
import { type DriverRequest, readDriverEvents } from '../protocol.ts';
import { pinned } from '../turns.ts';
import { benchmarkPattern, duplicatedNames } from './benchmark-pattern.ts';
import { crashOutput } from './crash.ts';
import type { BenchmarkFunction } from './go-source.ts';

/** A built benchmark file: its package's binary and the functions that are its own. */
export interface Target {
  readonly binary: string;
  /** Where `go test` would start it: the package's folder. */
  readonly folder: string;
  readonly functions: readonly BenchmarkFunction[];
}

/** More processes than this that end before their time, and listing gives up on the rest. */
const mostCrashes = 5;

/**
 * Runs one fresh process; for `list` further ones where a benchmark brings its process down, so that the
 * others of the file are known all the same.
 */
export async function drive(
  request: DriveRequest,
  target: Target,
  context: HarnessContext,
): Promise<DriveResult> {
  const names = target.functions.map((found) => found.name);
  if (request.mode !== 'list' || request.benchmarks.length > 0) {
    const asked = request.benchmarks.length > 0 ? request.benchmarks : names;
    const run = await once(request, asked, target, context);
    return finish([readDriverEvents(run.events, request.benchmarks, run.process)], target);
  }
  const results: DriveResult[] = [];
  for (let left = names; ; ) {
    const run = await once(request, left, target, context);
    const reached = left.filter((name) => run.began.some((begun) => topLevel(begun) === name));
    const unreached = left.filter((name) => !reached.includes(name));
    const last =
      run.ended || unreached.length === 0 || reached.length === 0 || results.length === mostCrashes;
    results.push(readDriverEvents(run.events, last && !run.ended ? unreached : [], run.process));
    if (last) return finish(results, target);
    left = unreached;
  }
}

/** How a process is started otherwise than by itself. */
export interface Launch {
  readonly line: (command: string, args: readonly string[]) => readonly [string, ...string[]];
  /** Laid over the side's own. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs one fresh process that is started in another way. */
export async function driveLaunched(
  request: DriveRequest,
  target: Target,
  context: HarnessContext,
  launch: Launch,
): Promise<DriveResult> {
  const run = await once(request, request.benchmarks, target, context, launch);
  return finish([readDriverEvents(run.events, request.benchmarks, run.process)], target);
}

interface Run {
  readonly events: string;
  /** Benchmarks that began. */
  readonly began: readonly string[];
  /** Whether it came to the end of its benchmarks. */
  readonly ended: boolean;
  readonly process: DriveResult['process'];
}

let driven = 0;

async function once(
  request: DriveRequest,
  run: readonly string[],
  target: Target,
  context: HarnessContext,
  launch?: Launch,
): Promise<Run> {
  // Names of constant length: the length of the environment moves a process's stack.
  const folder = join(context.scratch, 'go-testing', `drive-${String(driven++).padStart(9, '0')}`);
  await mkdir(folder, { recursive: true });
  const requestPath = join(folder, 'request.json');
  const eventsPath = join(folder, 'events.jsonl');
  const body: DriverRequest = { ...request, target: target.binary, eventsPath };
  await writeFile(requestPath, JSON.stringify(body));
  const args = [
    ...['-test.run=^$', `-test.bench=${benchmarkPattern(run)}`],
    ...['-test.benchtime=1x', '-test.timeout=0', '-test.paniconexit0'],
  ];
  const { turns } = request;
  const start: Launch['line'] =
    launch?.line ?? ((command, args) => (turns ? pinned(turns.core, command, args) : [command, ...args]));
  const line = start(target.binary, args);
  const result = await context.run({
    command: line[0],
    args: line.slice(1),
    cwd: target.folder,
    // A single core would change what the runtime does; only where it runs shall change.
    env: {
      ...(turns ? { GOMAXPROCS: process.env.GOMAXPROCS ?? String(availableParallelism()) } : {}),
      ...context.env,
      ...launch?.env,
      ASSAY_REQUEST: requestPath,
    },
    timeoutMs: request.timeoutMs,
    ...(context.signal ? { signal: context.signal } : {}),
  });
  const text = await readFile(eventsPath, 'utf8').catch(() => '');
  await rm(folder, { recursive: true, force: true });
  const end = processEnd(result);
  const kinds = [...text.matchAll(/^\{.*\}$/gm)].flatMap(([line]) => parse(line));
  return {
    events: withoutParents(text, kinds),
    began: kinds.filter((event) => event.event === 'begin').map((event) => event.name ?? ''),
    ended: kinds.some((event) => event.event === 'end'),
    process:
      result.state === 'not-found' ? end : { ...end, output: crashOutput(result.stdout, result.stderr) },
  };
}

interface Kind {
  readonly event: string;
  readonly name?: string;
}

function parse(line: string): readonly Kind[] {
  try {
    return [JSON.parse(line) as Kind];
  } catch {
    return [];
  }
}

/** A benchmark that only holds others is none itself; that is known only once it has run. */
function withoutParents(text: string, kinds: readonly Kind[]): string {
  const parents = new Set(kinds.filter((event) => event.event === 'parent').map((event) => event.name));
  const lines = text.split('\n').filter((line) => {
    const [event] = parse(line);
    if (!event) return false;
    return event.event !== 'parent' && !(event.event === 'begin' && parents.has(event.name));
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** One result out of those of one or more processes; the last one's end stands for all. */
function finish(results: readonly DriveResult[], target: Target): DriveResult {
  const lines = new Map(target.functions.map((found) => [found.name, found.line]));
  const outcomes = results
    .flatMap((result) => result.outcomes)
    .map((outcome): DriveOutcome => {
      const line = lines.get(topLevel(outcome.name));
      return outcome.state === 'listed' && line !== undefined ? { ...outcome, line } : outcome;
    });
  return {
    outcomes,
    duplicates: duplicatedNames(outcomes.map((outcome) => outcome.name)),
    loaded: [],
    process: results.at(-1)!.process,
  };
}

function topLevel(name: string): string {
  return name.split('/')[0]!;
}
