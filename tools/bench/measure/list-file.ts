import type { DriveResult, Prepared } from '../../harnesses/harness.ts';

/** What a file holds according to one side. */
export interface FileListing {
  readonly names: readonly string[];
  readonly lines: ReadonlyMap<string, number>;
  readonly skipped: ReadonlyMap<string, string>;
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
  for (const outcome of result.outcomes) {
    if (outcome.state !== 'listed') continue;
    names.push(outcome.name);
    if (outcome.line !== undefined) lines.set(outcome.name, outcome.line);
    if (outcome.skipped !== undefined) skipped.set(outcome.name, outcome.skipped);
  }
  return {
    names,
    lines,
    skipped,
    duplicates: result.duplicates,
    loaded: result.loaded,
    failure: failureOf(result, names),
  };
}

function failureOf(result: DriveResult, names: readonly string[]): string | undefined {
  const failed = result.outcomes.find((outcome) => outcome.state === 'failed');
  if (failed) return failed.reason;
  const { state, detail, output } = result.process;
  const end = output.trim().split('\n').slice(-3).join(' ');
  if (state !== 'exited') return `listing its benchmarks ended by ${state} (${detail}) ${end}`.trim();
  if (names.length === 0) return end === '' ? 'it names no benchmark' : `it names no benchmark: ${end}`;
  return undefined;
}
