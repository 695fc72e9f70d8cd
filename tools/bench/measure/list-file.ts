import type { DriveResult, Prepared } from '../../harnesses/harness.ts';
import { lastLines } from '../report/words.ts';

/** What a file holds according to one side. */
export interface FileListing {
  readonly names: readonly string[];
  readonly lines: ReadonlyMap<string, number>;
  readonly skipped: ReadonlyMap<string, string>;
  /** Benchmarks that bring the listing itself down (Go runs each once for that), with the reason. */
  readonly failed: ReadonlyMap<string, string>;
  readonly duplicates: readonly string[];
  readonly loaded: readonly string[];
  /** Why nothing could be listed. */
  readonly failure: string | undefined;
}

/** Asks a fresh process which benchmarks a file holds; runs none of them. */
export async function listFile(prepared: Prepared, file: string, timeoutMs: number): Promise<FileListing> {
  const result = await prepared.drive({
    file,
    mode: 'list',
    benchmarks: [],
    iterations: {},
    warmup: {},
    chunks: 0,
    targetChunkNs: 1e6,
    maxBenchmarkMs: 0,
    timeoutMs,
  });
  const names: string[] = [];
  const lines = new Map<string, number>();
  const skipped = new Map<string, string>();
  const failed = new Map<string, string>();
  for (const outcome of result.outcomes) {
    if (outcome.state === 'failed') failed.set(outcome.name, outcome.reason);
    if (outcome.state !== 'listed') continue;
    names.push(outcome.name);
    if (outcome.line !== undefined) lines.set(outcome.name, outcome.line);
    if (outcome.skipped !== undefined) skipped.set(outcome.name, outcome.skipped);
  }
  return {
    names,
    lines,
    skipped,
    failed: names.length === 0 ? new Map() : failed,
    duplicates: result.duplicates,
    loaded: result.loaded,
    failure: failureOf(result, names),
  };
}

function failureOf(result: DriveResult, names: readonly string[]): string | undefined {
  if (names.length > 0) return undefined;
  const failed = result.outcomes.find((outcome) => outcome.state === 'failed');
  if (failed) return failed.reason;
  const { state, detail, output } = result.process;
  const end = lastLines(output);
  const said = end === '' ? '' : `; it printed: ${end}`;
  switch (state) {
    case 'exited':
      return `it names no benchmark${said}`;
    case 'signalled':
      return `the process that should list its benchmarks was ended by ${detail}${said}`;
    case 'timed-out':
      return `its benchmarks could not be listed within ${Math.round(result.process.wallMs / 1000)} s${said}`;
    case 'not-found':
      return `the process that should list its benchmarks could not be started: ${detail}`;
  }
}
