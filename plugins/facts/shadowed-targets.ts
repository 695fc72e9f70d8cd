import type { OwnTarget } from './json.ts';
import type { PackageFacts } from './package-json.ts';
import type { ProjectJsonFacts } from './project-json.ts';

/**
 * Names at which the user's own target or npm script would win over an inferred one. A target that only
 * adds options to ours, or that names our executor itself, is no rival.
 */
export function shadowedTargets(
  pack: PackageFacts | undefined,
  project: ProjectJsonFacts | undefined,
): ReadonlySet<string> {
  const scripts = new Set(pack?.scripts ?? []);
  const shadowed = new Set<string>(scripts);
  // In the order in which Nx merges: scripts, nx.targets of package.json, project.json.
  for (const target of [...(pack?.targets ?? []), ...(project?.targets ?? [])]) {
    if (target.runs === undefined) continue;
    if (isOurs(target)) shadowed.delete(target.name);
    else shadowed.add(target.name);
  }
  return shadowed;
}

function isOurs(target: OwnTarget): boolean {
  return target.runs?.startsWith('nx-assay:') ?? false;
}
