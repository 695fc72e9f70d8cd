import type { ProjectView } from '../workspace/view.ts';

/** A project whose own target has the name that ours would have. */
export interface Clash {
  readonly project: string;
  readonly target: string;
  /** The name that our target gets instead. */
  readonly ours: string;
}

/** Targets and npm scripts of users that bear the name of one of our targets: they would win silently. Pure. */
export function findClashes(projects: readonly ProjectView[], targets: readonly string[]): readonly Clash[] {
  return projects.flatMap(({ name, targets: own }) =>
    targets
      .filter((target) => {
        const existing = own[target];
        return existing !== undefined && !existing.executor?.startsWith('nx-assay:');
      })
      .map((target) => ({ project: name, target, ours: `assay-${target}` })),
  );
}
