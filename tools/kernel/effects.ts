import type { RunProcess } from './process/types.ts';

/** One line on what a long run is doing. `fraction` from 0 to 1 where known. */
export interface ProgressStep {
  readonly text: string;
  /** What changes often; shown on a terminal only. */
  readonly detail?: string;
  readonly fraction?: number;
  readonly remainingMs?: number;
}

/** Everything that a tool does to the world, handed in. */
export interface Effects {
  readonly run: RunProcess;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  readonly now: () => Date;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: (step: ProgressStep) => void;
  readonly signal: AbortSignal;
}
