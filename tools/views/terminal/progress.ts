import { formatDuration } from '../number.ts';

/** What a long run says of itself. `fraction` from 0 to 1 where known. */
export interface ProgressStep {
  readonly text: string;
  /** What changes often; shown on a terminal only. */
  readonly detail?: string;
  readonly fraction?: number;
  readonly remainingMs?: number;
}

export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Progress with the time left: one line redrawn on a terminal; on a pipe, a line at most every
 * `quietMs` (15 s) and whenever the text changes to another subject.
 */
export function createProgress(stream: ProgressStream, clock: () => number, quietMs = 15_000) {
  let lastText = '';
  let lastWrite = Number.NEGATIVE_INFINITY;
  let drawn = false;
  const line = (step: ProgressStep): string => {
    const detail = step.detail && stream.isTTY ? ` (${step.detail})` : '';
    const percent = step.fraction === undefined ? '' : ` ${Math.round(step.fraction * 100)} %`;
    const left = step.remainingMs === undefined ? '' : `, ${formatDuration(step.remainingMs)} left`;
    return `${step.text}${detail}${percent}${left}`;
  };
  return {
    show(step: ProgressStep): void {
      const now = clock();
      if (stream.isTTY) {
        if (now - lastWrite < 100 && step.text === lastText) return;
        stream.write(`\r\u001b[2K${line(step).slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
        drawn = true;
      } else {
        if (step.text === lastText && now - lastWrite < quietMs) return;
        stream.write(`${line(step)}\n`);
      }
      lastText = step.text;
      lastWrite = now;
    },
    /** Clears the line, so that what follows starts clean. */
    done(): void {
      if (drawn) stream.write('\r\u001b[2K');
      drawn = false;
    },
  };
}
