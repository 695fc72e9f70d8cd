import { rm } from 'node:fs/promises';
import type { GoEnvironment } from '../../languages/go/go-environment.ts';
import { countDriveRequest, countLog, countResult } from '../count-process.ts';
import { counting, evenEnvironment } from '../counter.ts';
import type { CountRequest, CountResult, HarnessContext } from '../harness.ts';
import type { Build, BuildContext, BuildRequest } from './build-package.ts';
import { driveLaunched, type Target } from './drive.ts';

export type CountBuild = () => Promise<Build>;

/** The first version of Go that puts its heap at a random address, unless told not to. */
const RANDOM_HEAP_SINCE = 26;

/**
 * A second build of a package, which counting needs and wall time must not have: without it, counts differ by a
 * fifth from process to process. Made once, when first asked for.
 */
export function countBuild(
  request: BuildRequest,
  context: BuildContext,
  { GOVERSION }: GoEnvironment,
  build: (request: BuildRequest, context: BuildContext) => Promise<Build>,
): CountBuild {
  let made: Promise<Build> | undefined;
  const minor = Number(/^(?:devel )?go1\.(\d+)/.exec(GOVERSION)?.[1]);
  // An older Go knows no such experiment and refuses it.
  const fixed = minor >= RANDOM_HEAP_SINCE ? 'norandomizedheapbase64' : '';
  const named = context.env.GOEXPERIMENT ?? process.env.GOEXPERIMENT ?? '';
  const GOEXPERIMENT = [named, fixed].filter((part) => part !== '').join(',');
  const env = { ...context.env, ...(GOEXPERIMENT === '' ? {} : { GOEXPERIMENT }) };
  return () => {
    made ??= build(request, { ...context, env });
    return made;
  };
}

/** Counts the instructions of one fresh process of a test binary. */
export async function countGo(
  request: CountRequest,
  target: Target,
  build: CountBuild,
  context: HarnessContext,
): Promise<CountResult> {
  const built = await build();
  if (built.state === 'failed') return { state: 'failed', reason: built.reason, output: built.output };
  const log = countLog(context.scratch);
  const env = { ...context.env, ...repeatable(context.env.GODEBUG ?? process.env.GODEBUG ?? '') };
  try {
    const result = await driveLaunched(
      countDriveRequest(request),
      { ...target, binary: built.binary },
      context,
      {
        line: (command, args) => counting(request.counter, log, command, args),
        env: evenEnvironment(env, process.env),
      },
    );
    return countResult(result, request, log);
  } finally {
    await rm(log, { force: true });
  }
}

/**
 * What else would move counts by a hundredth and more: several threads, signals that interrupt by the clock, samples
 * of the memory profile, and the garbage collector, whose cost a count therefore does not hold.
 */
function repeatable(debug: string): Readonly<Record<string, string>> {
  const own = 'asyncpreemptoff=1,memprofilerate=0';
  return {
    ...{ GOMAXPROCS: '1', GOGC: 'off', GOMEMLIMIT: 'off' },
    GODEBUG: debug === '' ? own : `${debug},${own}`,
  };
}
