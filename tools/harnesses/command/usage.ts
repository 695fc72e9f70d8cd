/** What one run of a command took. */
export interface Usage {
  readonly wallNs: number;
  /** User and system time of the command and the children it waited for; absent where nothing can tell. */
  readonly cpuNs?: number;
  /** Largest resident set of any one process among them. */
  readonly peakBytes?: number;
}

export type Metered =
  | {
      readonly state: 'done';
      readonly usage: Usage;
      /** Exit code of the command, where the meter does not end with it itself. */
      readonly code?: number;
    }
  | { readonly state: 'failed'; readonly reason: string };

/**
 * What measures a command. Node can wait for a child but not ask what it used (no `wait4`, no
 * `RUSAGE_CHILDREN`), so a small program stands between.
 */
export interface Meter {
  readonly id: string;
  /** What this meter cannot tell, and why. */
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
  /** Smallest step of its wall clock, nanoseconds. */
  readonly resolutionNs: number;
  /** The command line that runs a command and writes its usage to a file. */
  wrap(command: readonly string[], out: string): readonly [string, ...string[]];
  /** @param text what the file holds; @param wallNs from start to exit as we saw it */
  read(text: string, wallNs: number): Metered;
}

/** What the Perl and Python meters write: one JSON object. */
export function readMeterFile(text: string): Metered {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { state: 'failed', reason: 'the meter wrote no figures' };
  }
  if (typeof value.error === 'string')
    return { state: 'failed', reason: `it could not be started: ${value.error}` };
  if (value.signal) return { state: 'failed', reason: `it was ended by signal ${String(value.signal)}` };
  const [wallNs, cpuNs, peakBytes] = [Number(value.wallNs), Number(value.cpuNs), Number(value.peakBytes)];
  return { state: 'done', usage: { wallNs, cpuNs, peakBytes }, code: Number(value.code) };
}
