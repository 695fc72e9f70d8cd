/** The benchmarks that a project has, whatever of them a run measures. */
export interface KnownBenchmarks {
  /** Before the filter; `skipped` where the source says so. */
  readonly all: readonly { readonly id: string; readonly skipped: boolean }[];
  /** False where some file could not be listed, so that there may be more. */
  readonly complete: boolean;
}

/** Where nothing could be listed. */
export const NONE_KNOWN: KnownBenchmarks = { all: [], complete: false };
