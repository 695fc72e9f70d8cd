import type { DriveOutcome, DriveRequest, DriveResult } from './harness.ts';

/**
 * Drivers (the small programs that run inside the measured process, in whatever language) write one JSON
 * object a line to the file named in their request, flushing after each. Standard output stays the
 * benchmark's own. A driver that dies leaves the events written so far, so that the benchmark it died in
 * is known.
 */
export type DriverEvent =
  | { event: 'listed'; name: string; line?: number; skipped?: string }
  | { event: 'duplicate'; name: string }
  | { event: 'begin'; name: string }
  | {
      event: 'calibrated';
      name: string;
      iterations: number;
      overheadNs: number;
      resolutionNs: number;
      nsPerOp: number;
    }
  | {
      event: 'sampled';
      name: string;
      iterations: number;
      /** Nanoseconds per chunk (not per operation), in the order taken. */
      warmupNs: number[];
      chunksNs: number[];
      /** CPU time over wall time in the later half of the chunks. */
      parallelism?: number;
      /** Share of that wall time for which the thread was ready and had no core. */
      delayed?: number;
      extra?: { name: string; unit: string; value: number; better: 'lower' | 'higher' }[];
      /** Figures that this process cannot tell, and why. */
      missing?: { name: string; reason: string }[];
    }
  | { event: 'counted'; name: string; operations: number; timedNs: number; untimedNs: number }
  | { event: 'failed'; name: string; reason: string }
  | { event: 'loaded'; paths: string[] }
  | { event: 'end' };

/** The request as a driver reads it: a JSON file whose path is its only argument (or `ASSAY_REQUEST`). */
export interface DriverRequest extends DriveRequest {
  /** Absolute path of the benchmark file or artefact to load. */
  readonly target: string;
  /** Where to write events. */
  readonly eventsPath: string;
}

type ProcessEnd = DriveResult['process'];

/**
 * Turns what a driver wrote and how its process ended into a result. Every benchmark asked for gets an
 * outcome: one that began and did not finish failed by what ended the process; one that was never reached
 * failed as not reached.
 */
export function readDriverEvents(text: string, asked: readonly string[], process: ProcessEnd): DriveResult {
  const outcomes = new Map<string, DriveOutcome>();
  const duplicates: string[] = [];
  let loaded: string[] = [];
  let ended = false;
  const begun: string[] = [];
  for (const line of text.split('\n')) {
    const event = parse(line);
    if (!event) continue;
    switch (event.event) {
      case 'begin':
        begun.push(event.name);
        break;
      case 'duplicate':
        duplicates.push(event.name);
        break;
      case 'loaded':
        loaded = loaded.concat(event.paths);
        break;
      case 'end':
        ended = true;
        break;
      default:
        outcomes.set(event.name, outcomeOf(event));
    }
  }
  const reason = endReason(process);
  for (const name of begun) {
    if (!outcomes.has(name)) outcomes.set(name, { state: 'failed', name, reason });
  }
  for (const name of asked) {
    if (outcomes.has(name)) continue;
    const why = ended ? 'the file does not define it' : `not reached: ${reason}`;
    outcomes.set(name, { state: 'failed', name, reason: why });
  }
  return { outcomes: [...outcomes.values()], duplicates, loaded, process };
}

function parse(line: string): DriverEvent | undefined {
  if (line.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'event' in value
      ? (value as DriverEvent)
      : undefined;
  } catch {
    return undefined; // a line cut short by a kill
  }
}

function outcomeOf(
  event: Exclude<DriverEvent, { event: 'begin' | 'duplicate' | 'loaded' | 'end' }>,
): DriveOutcome {
  switch (event.event) {
    case 'listed':
      return {
        state: 'listed',
        name: event.name,
        ...(event.line === undefined ? {} : { line: event.line }),
        ...(event.skipped === undefined ? {} : { skipped: event.skipped }),
      };
    case 'calibrated': {
      const { event: _, ...rest } = event;
      return { state: 'calibrated', ...rest };
    }
    case 'counted': {
      const { name, operations, timedNs, untimedNs } = event;
      return { state: 'counted', name, operations, timedNs, untimedNs };
    }
    case 'failed':
      return { state: 'failed', name: event.name, reason: event.reason };
    case 'sampled': {
      const { iterations, parallelism } = event;
      const perOp = (ns: number): number => ns / iterations;
      const chunks = event.chunksNs.map(perOp);
      if (chunks.length === 0 || !chunks.every((ns) => Number.isFinite(ns) && ns > 0)) {
        return {
          state: 'failed',
          name: event.name,
          reason: 'measured nothing: no chunk took any time that the clock can see',
        };
      }
      return {
        state: 'sampled',
        name: event.name,
        iterations,
        warmup: event.warmupNs.map(perOp),
        chunks,
        extra: event.extra ?? [],
        ...(event.missing?.length ? { missing: event.missing } : {}),
        ...(parallelism !== undefined && Number.isFinite(parallelism) ? { parallelism } : {}),
        ...waitingOf(event),
      };
    }
  }
}

/** What is neither work nor a queue for a core: files, the network, locks. */
function waitingOf({ parallelism = Number.NaN, delayed = Number.NaN }: Parallel): { waiting?: number } {
  const waiting = Math.max(0, 1 - parallelism - delayed);
  return Number.isFinite(waiting) ? { waiting } : {};
}

interface Parallel {
  readonly parallelism?: number;
  readonly delayed?: number;
}

function endReason(process: ProcessEnd): string {
  switch (process.state) {
    case 'timed-out':
      return `the process was stopped after ${Math.round(process.wallMs / 1000)} s without finishing`;
    case 'signalled':
      return process.detail === 'SIGKILL'
        ? 'the process was killed (SIGKILL); the usual cause is that memory ran out'
        : `the process was ended by ${process.detail}`;
    case 'not-found':
      return `the process could not be started: ${process.detail}`;
    case 'exited':
      return `the process ended early (${process.detail})${process.output ? `: ${lastLine(process.output)}` : ''}`;
  }
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}
