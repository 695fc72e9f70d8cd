import type { TargetConfiguration } from '@nx/devkit';
import type { ProjectFacts, WorkspaceFacts } from '../facts/project-facts.ts';

/** A target and, for a project that has its own of that name, what to call ours. */
export interface InferredTarget {
  /** Name in the project, see `targetNameFor`. */
  readonly name: string;
  /** The name this capability would have had, where the user's own target took it. */
  readonly displaced?: string;
}

/**
 * A capability's inference: `plugins/infer/<capability>.ts` exports one under the capability's name in
 * camel case, and the generated registry lists it. Pure: equal facts give equal targets, and nothing of a
 * machine, a budget or a date is in them, since a changed target busts the cache of all its project's tasks.
 */
export interface Inference {
  readonly capability: string;
  /** The target for a project, or nothing where there is nothing to do. */
  infer(
    facts: ProjectFacts,
    workspace: WorkspaceFacts,
    target: InferredTarget,
  ): TargetConfiguration | undefined;
  /** The target for the workspace project, for capabilities that judge the workspace as a whole. */
  inferWorkspace?(
    facts: ProjectFacts,
    workspace: WorkspaceFacts,
    target: InferredTarget,
  ): TargetConfiguration | undefined;
}
