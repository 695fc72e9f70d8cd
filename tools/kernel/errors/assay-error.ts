/** One row of the error table: what happened, and what to do about it. */
export interface ErrorRow<P> {
  /** What is wrong and how it is known; one sentence, no stack trace. */
  readonly message: (params: P) => string;
  /** What the reader can do now. */
  readonly remedy: (params: P) => string;
}

/** A mistake or a condition that a user can mend. Never shown with a stack trace. */
export class AssayError extends Error {
  readonly code: string;
  readonly remedy: string;
  readonly params: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    remedy: string,
    params: Record<string, unknown>,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AssayError';
    this.code = code;
    this.remedy = remedy;
    this.params = params;
  }
}

type Rows = Record<string, ErrorRow<never>>;
type ParamsOf<R> = R extends ErrorRow<infer P> ? P : never;

/**
 * Declares a room's part of the error table. Each room keeps its own in `errors.ts`;
 * the codes are unique over the whole product (a test walks all tables).
 *
 * @example
 * const gitErrors = defineErrors({
 *   'git/no-such-ref': {
 *     message: (p: { ref: string }) => `The base '${p.ref}' does not exist in this repository.`,
 *     remedy: () => 'Fetch it (git fetch origin main), or name another with --base=<ref>.',
 *   },
 * });
 * throw gitErrors.create('git/no-such-ref', { ref });
 */
export function defineErrors<const T extends Rows>(rows: T) {
  return {
    rows,
    create<K extends keyof T & string>(code: K, params: ParamsOf<T[K]>, cause?: unknown): AssayError {
      const row = rows[code] as unknown as ErrorRow<unknown>;
      return new AssayError(
        code,
        row.message(params),
        row.remedy(params),
        { ...(params as Record<string, unknown>) },
        cause,
      );
    },
  };
}

/** True for errors that carry their own remedy. */
export function isAssayError(error: unknown): error is AssayError {
  return error instanceof AssayError;
}
