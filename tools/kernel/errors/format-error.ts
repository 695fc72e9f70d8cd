import { isAssayError } from './assay-error.ts';

/**
 * An error as a user sees it: what is wrong, what to do, and the code to look up. A mistake of ours, which has
 * no code, keeps its stack, since that is what a bug report needs.
 */
export function formatError(error: unknown): string {
  if (isAssayError(error)) return `${error.message}\n  ${error.remedy}\n  (${error.code})`;
  if (error instanceof Error) {
    const aborted = error.name === 'AbortError' || error.name === 'TimeoutError';
    if (aborted) return `Stopped: ${error.message}`;
    return `Unexpected: ${error.stack ?? error.message}\n  This is a mistake in nx-assay: please report it with these lines.`;
  }
  return `Unexpected: ${String(error)}`;
}
