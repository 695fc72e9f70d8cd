import type { Meter, Metered } from './usage.ts';

const format = '%U %S %M';

/**
 * time(1). GNU's and BusyBox's tell what we ask for; that of macOS has a format of its own. CPU time comes in
 * steps of 10 ms, and wall time includes the start of time(1) itself, under a millisecond.
 */
export function timeMeter(flavour: 'gnu' | 'bsd'): Meter {
  return {
    id: `time (${flavour})`,
    missing: [],
    resolutionNs: 100_000,
    wrap: (command, out) =>
      flavour === 'gnu'
        ? ['/usr/bin/time', '-o', out, '-f', format, ...command]
        : ['/usr/bin/time', '-l', '-o', out, ...command],
    read: (text, wallNs) => (flavour === 'gnu' ? readGnu(text, wallNs) : readBsd(text, wallNs)),
  };
}

function readGnu(text: string, wallNs: number): Metered {
  // A line about the exit status comes before.
  const [user, system, kib] = text.trim().split('\n').at(-1)!.split(' ').map(Number);
  return usage(wallNs, user, system, kib === undefined ? undefined : kib * 1024);
}

function readBsd(text: string, wallNs: number): Metered {
  const number = (pattern: RegExp): number | undefined => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const user = number(/([\d.]+)\s+user/);
  return usage(wallNs, user, number(/([\d.]+)\s+sys/), number(/(\d+)\s+maximum resident set size/));
}

function usage(
  wallNs: number,
  user: number | undefined,
  system: number | undefined,
  peakBytes: number | undefined,
): Metered {
  const cpuNs = Math.round(((user ?? Number.NaN) + (system ?? Number.NaN)) * 1e9);
  if (!Number.isFinite(cpuNs) || !Number.isFinite(peakBytes ?? Number.NaN)) {
    return { state: 'failed', reason: 'time(1) wrote no figures that we know' };
  }
  return { state: 'done', usage: { wallNs, cpuNs, peakBytes: peakBytes! } };
}
