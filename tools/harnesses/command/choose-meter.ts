import type { RunProcess } from '../../kernel/process/types.ts';
import { perlMeter } from './perl-meter.ts';
import { pythonMeter } from './python-meter.ts';
import { timeMeter } from './time-meter.ts';
import type { Meter } from './usage.ts';

const why =
  'needs Perl, Python 3 or /usr/bin/time to ask the system what a child process used; install one of them';

/** Wall time from start to exit, as Node sees it. */
export const wallMeter: Meter = {
  id: 'wall',
  missing: [
    { name: 'CPU time', reason: why },
    { name: 'peak memory', reason: why },
  ],
  resolutionNs: 100_000,
  wrap: ([program, ...args]) => [program!, ...args],
  read: (_, wallNs) => ({ state: 'done', usage: { wallNs } }),
};

/**
 * The best meter that works here: Perl (Linux; the least memory of its own), Python 3, time(1), wall time
 * alone. The choice falls once and both sides use the same, since each has its own small overhead.
 */
export async function chooseMeter(
  run: RunProcess,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<Meter> {
  const ask = async (command: string, ...args: string[]): Promise<string | undefined> => {
    const result = await run({ command, args, cwd, env, timeoutMs: 10_000 });
    return result.state === 'exited' && result.code === 0
      ? `${result.stdout}${result.stderr}`.trim()
      : undefined;
  };
  const perl = perlMeter(platform, arch);
  if (perl && (await ask('perl', '-e', 'use POSIX; use Time::HiRes; print length pack("q", 1)')) === '8')
    return perl;
  const python = await askPython(ask, platform);
  if (python) return pythonMeter(python);
  if (platform === 'darwin' && (await ask('/usr/bin/time', '-l', '/usr/bin/true')) !== undefined) {
    return timeMeter('bsd');
  }
  if ((await ask('/usr/bin/time', '-f', '%M', 'true'))?.match(/^\d+$/)) return timeMeter('gnu');
  return wallMeter;
}

async function askPython(
  ask: (command: string, ...args: string[]) => Promise<string | undefined>,
  platform: string,
): Promise<string | undefined> {
  if (platform === 'win32') return undefined;
  // Without Apple's developer tools /usr/bin/python3 is a stub that opens a window.
  if (platform === 'darwin' && (await ask('xcode-select', '-p')) === undefined) return undefined;
  // Its real path: a version manager's shim in its place would cost a tenth of a second a run.
  const path = await ask('python3', '-I', '-S', '-c', 'import os, sys; os.wait4; print(sys.executable)');
  return path?.startsWith('/') ? path : undefined;
}
