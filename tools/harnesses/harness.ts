import type { RunProcess } from '../kernel/process/types.ts';
import type { Counter } from './counter.ts';

/** One side of a comparison: a checkout of the repository. All paths are absolute and real. */
export interface Side {
  readonly name: 'base' | 'head';
  /** Root of the git checkout. */
  readonly repoRoot: string;
  /** Root of the Nx workspace inside it (may differ from `repoRoot`). */
  readonly workspaceRoot: string;
  /** Root of the measured project inside it. */
  readonly projectRoot: string;
}

/** What a harness may use; every effect comes in here. */
export interface HarnessContext {
  readonly run: RunProcess;
  /** Scratch folder of this side, outside both trees; paths of both sides have equal length. */
  readonly scratch: string;
  /** Environment for the code under test (policy `env` and what the language adds for this side). */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/** Settings of one project, from `assay/bench.json`; see tools/bench/config.ts. */
export interface HarnessOptions {
  /** Globs relative to the project root; the harness's own convention where absent. */
  readonly files?: readonly string[];
  /** Free settings of this harness (for `command`: the commands themselves). */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** One process may take this long before it counts as hanging. */
  readonly processTimeoutMs: number;
}

/**
 * A harness drives one benchmark library. A folder `tools/harnesses/<id>/` with an `index.ts` whose
 * default export is a Harness is found by the generated registry.
 */
export interface Harness {
  readonly id: string;
  readonly title: string;
  /** Language room whose toolchain it needs; `any` needs none. */
  readonly language: 'typescript' | 'python' | 'go' | 'rust' | 'java' | 'any';
  /**
   * What shares one process. `benchmark`: each in its own (start-up is cheap).
   * `file`: all of a file's benchmarks run in one process, in the order asked for.
   */
  readonly isolation: 'benchmark' | 'file';
  /** Files with benchmarks, relative to the project root, POSIX separators, sorted. Reads files; runs nothing. */
  discover(projectRoot: string, options: HarnessOptions): Promise<readonly string[]>;
  /**
   * Files (relative to the project root) that belong to the benchmarks and not to the code under test:
   * the benchmark files themselves, their helpers and fixtures. They are copied from head onto the base, so
   * nothing that the product uses may be among them: its regression could not be seen.
   */
  overlay(projectRoot: string, files: readonly string[]): Promise<readonly string[]>;
  /**
   * Globs, relative to the project root, of files to delete on the base before the overlay is copied: those
   * that head no longer has and that would get in its way.
   *
   * @param projectRoot of head
   */
  overlayRemove?(files: readonly string[], projectRoot: string): readonly string[];
  /** Builds one side. One file's failure is that file's outcome, never an exception. */
  prepare(
    side: Side,
    files: readonly string[],
    options: HarnessOptions,
    context: HarnessContext,
  ): Promise<Prepared>;
}

export interface Prepared {
  readonly files: readonly PreparedFile[];
  /** Runs one fresh process. */
  drive(request: DriveRequest): Promise<DriveResult>;
  /** Runs one fresh process under an instruction counter, with the optimiser on; absent where it cannot. */
  count?(request: CountRequest): Promise<CountResult>;
  dispose(): Promise<void>;
}

export type PreparedFile =
  | {
      readonly state: 'ready';
      readonly file: string;
      /** Hash of the built artefact, where equal hashes mean equal behaviour; absent where nothing is built. */
      readonly digest?: string;
      /** Absolute real paths of sources that went in, as far as known before running. */
      readonly sources: readonly string[];
      /** Way of running it, where a harness has several: sides that differ in it are not comparable. */
      readonly runner?: string;
      /** Its processes can take turns; see `Turns`. */
      readonly takesTurns?: boolean;
    }
  | { readonly state: 'failed'; readonly file: string; readonly reason: string; readonly output: string };

/**
 * One process whose instructions are counted, start-up and all. What an operation takes is the slope between two such
 * processes that differ in `operations` alone.
 */
export interface CountRequest {
  readonly file: string;
  readonly benchmark: string;
  /** Operations before the counted ones. */
  readonly warmup: number;
  readonly operations: number;
  readonly counter: Counter;
  readonly timeoutMs: number;
}

export type CountResult =
  | {
      readonly state: 'counted';
      /** Of the whole process. */
      readonly instructions: number;
      /** Operations that ran after the warm-up: those asked for, rounded where a step is several of them. */
      readonly operations: number;
      /** Nanoseconds of these operations that the benchmark's own timer saw, and that it did not. */
      readonly timedNs: number;
      readonly untimedNs: number;
      readonly wallMs: number;
    }
  | {
      readonly state: 'failed';
      readonly reason: string;
      /** End of what the process printed. */
      readonly output: string;
    };

/** What one fresh process shall do. */
export interface DriveRequest {
  readonly file: string;
  /**
   * `list` names the benchmarks and runs none. `calibrate` finds, for each, the iterations that fill
   * `targetChunkNs`. `sample` runs `warmup` + `chunks` chunks of exactly `iterations` each. `count` runs `warmup`
   * operations and then `iterations`, each in one go without a clock in between, and tells that it did.
   */
  readonly mode: 'list' | 'calibrate' | 'sample' | 'count';
  /** Benchmark names within the file, in the order to run them; empty = all. */
  readonly benchmarks: readonly string[];
  readonly iterations: Readonly<Record<string, number>>;
  /** Warm-up chunks, per benchmark: driven and recorded, separate from `chunks`. With `count`: operations. */
  readonly warmup: Readonly<Record<string, number>>;
  readonly chunks: number;
  readonly targetChunkNs: number;
  /**
   * Measured chunks may take this long together, from the end of warm-up on: past it a benchmark takes no more
   * of them (at least one is always taken).
   *
   * Warm-up has the same limit for itself, looked at once: where half of its chunks (rounded up) took longer, the
   * other half is left out; otherwise all are taken. So a side is warmed by all or by half of what was asked for,
   * never by what chance leaves it, and both sides by the same unless one of them is that much slower.
   */
  readonly maxBenchmarkMs: number;
  readonly timeoutMs: number;
  /**
   * With `sample`: tell also what an operation allocates and the peak of the process's memory (`MEMORY_FIGURES`). The
   * peak is read, and further operations run, when the timed chunks are over.
   */
  readonly memory?: boolean;
  /** With `sample` only, and only where the file's `takesTurns` says so. Waiting for a turn is no one's time. */
  readonly turns?: Turns;
}

/**
 * Place of a process that takes turns with one of the other side: both live at once, and only one of them runs, a few
 * chunks at a time, on one core. Whatever slows the machine down for longer than a turn then slows both.
 *
 * The turn is a byte in a FIFO. At each benchmark both meet: each gives a byte and takes one. Then the first runs its
 * turn, gives a byte on, and takes one before its next; the other takes before each turn and gives after it. At the
 * end of a benchmark the first takes once more. Where the number of turns is not what both expect (a failure, a limit
 * of time) a process closes its ends; a process that finds the FIFO closed goes on without waiting.
 */
export interface Turns {
  /** FIFO from which the turn is taken, and into which it is given on; absolute paths, of one length on both sides. */
  readonly reads: string;
  readonly writes: string;
  /** Runs first; opens `reads` before `writes`, the other one the other way round. */
  readonly first: boolean;
  /** Chunks of one turn. */
  readonly chunks: number;
  /** Number of the core that both run on. */
  readonly core: number;
}

/** What happened to one benchmark in one process. Names are unique within a file (`suite › name [params]`). */
export type DriveOutcome =
  | { readonly state: 'listed'; readonly name: string; readonly line?: number; readonly skipped?: string }
  | {
      readonly state: 'calibrated';
      readonly name: string;
      readonly iterations: number;
      /** Nanoseconds of one empty iteration in the same loop. */
      readonly overheadNs: number;
      /** Smallest step of the clock that was seen, nanoseconds. */
      readonly resolutionNs: number;
      /** Nanoseconds of one operation, roughly. */
      readonly nsPerOp: number;
    }
  | {
      readonly state: 'sampled';
      readonly name: string;
      readonly iterations: number;
      /** Nanoseconds per operation of each chunk, in the order taken; warm-up chunks first, apart. */
      readonly warmup: readonly number[];
      readonly chunks: readonly number[];
      /** Further figures per operation that the library reports (B/op, allocs/op, MB/s, …). */
      readonly extra: readonly {
        readonly name: string;
        readonly unit: string;
        readonly value: number;
        readonly better: 'lower' | 'higher';
      }[];
      /**
       * CPU time of the process over wall time in the later half of its chunks: above 1 where other threads work too.
       * Absent where unknown.
       */
      readonly parallelism?: number;
      /** Share of that wall time in which it neither worked nor queued for a core: it waited. Absent where unknown. */
      readonly waiting?: number;
      /** Further figures that this machine cannot give, and why: skipped metrics. */
      readonly missing?: readonly { readonly name: string; readonly reason: string }[];
    }
  | {
      readonly state: 'counted';
      readonly name: string;
      /** Operations that ran after the warm-up. */
      readonly operations: number;
      /** Their time by the benchmark's own timer, and the rest of the time that they took. */
      readonly timedNs: number;
      readonly untimedNs: number;
    }
  | { readonly state: 'failed'; readonly name: string; readonly reason: string };

export interface DriveResult {
  readonly outcomes: readonly DriveOutcome[];
  /** Two benchmarks of one name in the file. */
  readonly duplicates: readonly string[];
  /** Real paths of modules that the process loaded, where it can tell (checked for contamination). */
  readonly loaded: readonly string[];
  readonly process: {
    readonly state: 'exited' | 'signalled' | 'timed-out' | 'not-found';
    readonly detail: string;
    /** End of what it printed, for the message. */
    readonly output: string;
    readonly wallMs: number;
  };
}
