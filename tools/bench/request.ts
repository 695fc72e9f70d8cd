import type { Witness } from '../compare/count/types.ts';
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
  /** In place of what policy says. */
  readonly witness?: Witness;
  /** How drift is looked for; absent where nobody can ask for it. */
  readonly drift?: DriftRequest;
  /** Which commits a regression may come from: listed, or bisected as well. */
  readonly explain?: 'commits' | 'bisect';
  /** Accept what this benchmark lost: id, title or regular expression. */
  readonly accept?: { readonly subject: string; readonly reason: string };
}

/** A comparison with the last release, and along recorded history. */
export interface DriftRequest {
  /** By the option; policy may ask as well. */
  readonly asked: boolean;
  /** Glob of tags, in place of policy's. */
  readonly tag?: string;
  /** Another base was named, which policy's wish for the release does not replace. */
  readonly otherBase: boolean;
  readonly defaultBranch: string;
  /** Folders and files of kept Reports, separated by commas. */
  readonly history?: string;
}

/** Where a base comes from: asked for by name, found by the plugin's hook, or not there. */
export type BaseRequest =
  | { readonly state: 'none' }
  | { readonly state: 'ref'; readonly ref: string }
  /** One was expected (in CI) and could not be had. */
  | { readonly state: 'unresolved'; readonly reason: string };
