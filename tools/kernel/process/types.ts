/** One child process to run to its end. Arguments are an array: no text ever reaches a shell. */
export interface ProcessRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to the inherited environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The whole group is killed after this long. */
  readonly timeoutMs: number;
  /** Kept per stream; what exceeds it is dropped from the middle and `truncated` is set. Default 1 MiB. */
  readonly maxOutputBytes?: number;
  readonly input?: string;
  readonly signal?: AbortSignal;
}

interface ProcessOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  /** Wall time from spawn to exit, milliseconds. */
  readonly durationMs: number;
}

/** How a child ended. `not-found` means that the command does not exist or cannot be executed. */
export type ProcessResult =
  | ({ readonly state: 'exited'; readonly code: number } & ProcessOutput)
  | ({ readonly state: 'signalled'; readonly signal: string } & ProcessOutput)
  | ({ readonly state: 'timed-out' } & ProcessOutput)
  | { readonly state: 'not-found'; readonly command: string; readonly reason: string };

/** The effect of running a process, handed in as an argument wherever it is needed. */
export type RunProcess = (request: ProcessRequest) => Promise<ProcessResult>;
