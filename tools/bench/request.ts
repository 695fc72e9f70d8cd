import type { ProjectIdentity } from '../kernel/policy/resolve.ts';

/** What one run of `bench` is asked to do. Paths are absolute where not said otherwise. */
export interface BenchRequest {
  readonly workspaceRoot: string;
  /** `root` is relative to the workspace. */
  readonly project: ProjectIdentity;
  /** Projects that this one depends on, transitively; roots relative to the workspace. */
  readonly dependencies: readonly { readonly name: string; readonly root: string }[];
  /** Further files and folders that the benchmarks depend on, relative to the workspace. */
  readonly inputs: readonly string[];
  /** `<project>:<target>` as it was called. */
  readonly target: string;
  readonly configuration: string;
  readonly base: BaseRequest;
  readonly filter?: string;
  readonly list: boolean;
  /** Nanoseconds for the whole run. */
  readonly budgetNs?: number;
  readonly updateBaseline: boolean;
  readonly aa: boolean;
  readonly force: boolean;
  /** Accept what this benchmark lost: id, title or regular expression. */
  readonly accept?: { readonly subject: string; readonly reason: string };
}

/** Where a base comes from: asked for by name, found by the plugin's hook, or not there. */
export type BaseRequest =
  | { readonly state: 'none' }
  | { readonly state: 'ref'; readonly ref: string }
  /** One was expected (in CI) and could not be had. */
  | { readonly state: 'unresolved'; readonly reason: string };
