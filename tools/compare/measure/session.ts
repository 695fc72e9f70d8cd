import type { DriveOutcome, DriveRequest, DriveResult } from '../../harnesses/harness.ts';
import type { PairResult } from '../../harnesses/turns.ts';
import { TARGET_CHUNK_NS } from '../plan/cost.ts';
import type { Drive, MeasureFailure, MeasureRequest, Phase, SideName } from './types.ts';

export type SampleRequest = Pick<
  DriveRequest,
  'mode' | 'benchmarks' | 'iterations' | 'warmup' | 'chunks' | 'maxBenchmarkMs' | 'memory'
>;

/** Outcomes of one process by benchmark, and what became of those that it owed. */
export interface ProcessAnswer {
  readonly outcomes: ReadonlyMap<string, DriveOutcome>;
  /** Dropped with a failure each. */
  readonly dropped: readonly string[];
  /** Neither measured nor to blame: the process died at another one before its turn. */
  readonly unfinished: readonly string[];
  readonly wallMs: number;
  readonly startedAtMs: number;
}

const KINDS = {
  exited: 'silent',
  signalled: 'killed',
  'timed-out': 'timed-out',
  'not-found': 'not-found',
} as const;

function whyMissing(result: DriveResult): string {
  const { state, detail } = result.process;
  if (state === 'exited') return `the process ended without a word about it (${detail || 'no detail'})`;
  if (state === 'timed-out') return `it did not end within the time-out (${detail || 'no detail'})`;
  if (state === 'signalled') return `the process was killed, twice (${detail || 'no detail'})`;
  return `the process could not be started (${detail || 'no detail'})`;
}

/** All that is kept over the processes of one file: who failed, what was loaded, how many there were. */
export class Session {
  readonly failures: MeasureFailure[] = [];
  readonly duplicates = new Set<string>();
  readonly loaded = { base: new Set<string>(), head: new Set<string>() };
  processes = 0;
  readonly request: MeasureRequest;

  constructor(request: MeasureRequest) {
    this.request = request;
  }

  get stopped(): boolean {
    return this.request.signal?.aborted === true;
  }

  get sides(): readonly SideName[] {
    return this.request.drive.base === undefined ? ['head'] : ['base', 'head'];
  }

  private complete(request: SampleRequest): DriveRequest {
    return {
      ...request,
      file: this.request.file,
      targetChunkNs: TARGET_CHUNK_NS,
      timeoutMs: this.request.processTimeoutMs,
    };
  }

  /**
   * One fresh process of each side, taking turns.
   *
   * @returns undefined where anything went wrong: it is then to be asked again one after the other, where it is plain
   *   who is to blame
   */
  async askInTurns(
    first: SideName,
    request: SampleRequest,
    chunkMs: number,
  ): Promise<Readonly<Record<SideName, ProcessAnswer>> | undefined> {
    const drive = this.request.driveInTurns;
    if (drive === undefined) return undefined;
    this.processes += 2;
    const startedAtMs = this.request.clock();
    const full = this.complete(request);
    let result: PairResult;
    try {
      result = await drive({ base: full, head: full, first, chunkMs });
    } catch {
      return undefined;
    }
    const answer = (side: SideName): ProcessAnswer | undefined => {
      const { process, outcomes, duplicates, loaded } = result[side];
      const found = new Map(outcomes.map((outcome) => [outcome.name, outcome]));
      const sampled = request.benchmarks.every((name) => found.get(name)?.state === 'sampled');
      if (process.state !== 'exited' || !sampled) return undefined;
      for (const name of duplicates) this.duplicates.add(name);
      for (const path of loaded) this.loaded[side].add(path);
      return { outcomes: found, dropped: [], unfinished: [], wallMs: process.wallMs, startedAtMs };
    };
    const [base, head] = [answer('base'), answer('head')];
    return base && head ? { base, head } : undefined;
  }

  private async drive(side: SideName, request: SampleRequest): Promise<DriveResult> {
    this.processes++;
    const drive = this.request.drive[side] as Drive;
    try {
      return await drive(this.complete(request));
    } catch (error) {
      // A harness that throws is a bug of ours, yet the other benchmarks of the run must not pay for it.
      const detail = error instanceof Error ? error.message : String(error);
      const process = { state: 'not-found', detail, output: '', wallMs: 0 } as const;
      return { outcomes: [], duplicates: [], loaded: [], process };
    }
  }

  fail(failure: MeasureFailure): void {
    this.failures.push(failure);
  }

  /** One fresh process; a killed one gets a second chance. `list` owes no particular names. */
  async ask(side: SideName, phase: Phase, request: SampleRequest): Promise<ProcessAnswer> {
    const startedAtMs = this.request.clock();
    let result = await this.drive(side, request);
    if (result.process.state === 'signalled' && !this.stopped) result = await this.drive(side, request);
    for (const name of result.duplicates) this.duplicates.add(name);
    for (const path of result.loaded) this.loaded[side].add(path);
    const outcomes = new Map(result.outcomes.map((outcome) => [outcome.name, outcome]));
    const dropped: string[] = [];
    const drop = (name: string, kind: MeasureFailure['kind'], reason: string) => {
      dropped.push(name);
      outcomes.delete(name);
      if (!this.stopped) this.fail({ name, side, phase, kind, reason, output: result.process.output });
    };
    for (const [name, outcome] of outcomes) {
      if (outcome.state === 'failed') drop(name, 'failed', outcome.reason);
    }
    const missing = request.benchmarks.filter((name) => !outcomes.has(name) && !dropped.includes(name));
    const kind = KINDS[result.process.state];
    // A process that ended early names its culprit by silence: the first that it owed. The rest never had a turn.
    const culprits = kind === 'not-found' ? missing : missing.slice(0, 1);
    for (const name of culprits) drop(name, kind, whyMissing(result));
    const died = result.process.state !== 'exited';
    if (request.mode === 'list' && (died || outcomes.size === 0) && dropped.length === 0) {
      const reason = died ? whyMissing(result) : 'the file names no benchmark';
      this.fail({ name: '', side, phase, kind, reason, output: result.process.output });
    }
    return {
      outcomes,
      dropped,
      unfinished: missing.filter((name) => !culprits.includes(name)),
      wallMs: result.process.wallMs,
      startedAtMs,
    };
  }
}
