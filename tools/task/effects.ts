import type { Effects } from '../kernel/effects.ts';
import { runProcess } from '../kernel/process/run.ts';
import { installSignalHandlers } from '../kernel/process/signals.ts';
import { createProgress } from '../views/terminal/progress.ts';

/**
 * The real world for a task: processes, clocks, progress on standard error, and signals that leave nothing behind.
 *
 * @param options.quiet no progress, for output that a program reads
 */
export function createEffects(options: { readonly quiet: boolean }): {
  readonly effects: Effects;
  /** Ends the progress line and gives the signals back. */
  readonly close: () => void;
} {
  const clock = (): number => performance.now();
  const uninstall = installSignalHandlers();
  const progress = createProgress(process.stderr, clock);
  return {
    effects: {
      run: runProcess,
      clock,
      now: () => new Date(),
      env: process.env,
      progress: (step) => (options.quiet ? undefined : progress.show(step)),
      signal: new AbortController().signal,
    },
    close: () => {
      progress.done();
      uninstall();
    },
  };
}
