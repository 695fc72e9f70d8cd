import type { Side } from '../../harnesses/harness.ts';
import type { Turnstile } from '../../harnesses/turns.ts';
import type { Effects } from '../../kernel/effects.ts';
import { workspacePath } from '../discover.ts';
import type { BenchmarkOrigin, BenchmarkOutcome } from '../outcome.ts';
import type { Pool } from '../pool.ts';
import type { BenchRequest } from '../request.ts';
import type { BenchSettings } from '../settings/settings.ts';
import type { TimeLeft } from './time-left.ts';

/** What measuring one file needs to know of the run around it. */
export interface MeasureContext {
  readonly request: BenchRequest;
  readonly settings: BenchSettings;
  readonly effects: Effects;
  readonly head: Side;
  /** Absent: head alone is measured. */
  readonly base?: Side;
  /** Where processes of both sides take turns; absent where this machine cannot. */
  readonly turnstile?: Turnstile | undefined;
  /** Benchmark files that the base has too. */
  readonly knownToBase?: ReadonlySet<string>;
  readonly timeLeft: TimeLeft;
  /** Samples of earlier attempts at this pair. */
  readonly pool: Pool | undefined;
  readonly attempt: number;
  readonly filter: RegExp | undefined;
  /** Subjects to look at again; all where absent. */
  readonly only?: ReadonlySet<string>;
}

/** What one file gave. */
export interface FileOutcome {
  readonly outcomes: readonly BenchmarkOutcome[];
  /** Why the file does not build or load on the base. */
  readonly unbuilt?: string;
}

export function originOf(request: BenchRequest, file: string, name: string, line?: number): BenchmarkOrigin {
  const path = workspacePath(request.project.root, file);
  return {
    subject: subjectId(file, name),
    title: name || file,
    file: path,
    ...(line === undefined ? {} : { line }),
  };
}

/** `<file › suite › name [parameters]>`; the file relative to its project, so that a moved project keeps its history. */
export function subjectId(file: string, name: string): string {
  return name === '' ? file : `${file} › ${name}`;
}
