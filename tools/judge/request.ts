import type { ProjectIdentity } from '../kernel/policy/resolve.ts';

/** A file or folder of recorded results. */
export interface RecordingPath {
  /** Absolute. */
  readonly path: string;
  /** As the user gave it, for messages and the Report. */
  readonly shown: string;
}

/** What is asked of a judgement. */
export interface JudgeRequest {
  readonly workspaceRoot: string;
  /** The project that the target belongs to; `root` is relative to the workspace. */
  readonly project: ProjectIdentity;
  /** `<project>:<target>`, or the command that shows the same again. */
  readonly target: string;
  readonly configuration: string;
  readonly base: RecordingPath;
  readonly head: RecordingPath;
  readonly margin?: number;
  /** Beside those of `assay/judge.json`. */
  readonly controls: readonly string[];
}
