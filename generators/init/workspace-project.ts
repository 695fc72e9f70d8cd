import type { ProjectView } from '../workspace/view.ts';

/**
 * Name of the Nx project of `assay/` at the workspace root: the first that no other project has. Two projects
 * of one name would make the whole graph fail. Pure.
 */
export function freeProjectName(projects: readonly ProjectView[], wanted = 'assay'): string {
  const taken = new Set(projects.filter(({ root }) => root !== 'assay').map(({ name }) => name));
  if (!taken.has(wanted)) return wanted;
  const first = `${wanted}-workspace`;
  if (!taken.has(first)) return first;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${first}-${number}`)) return `${first}-${number}`;
  }
}
