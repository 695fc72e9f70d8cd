import { join, relative } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';

/** The same workspace and project in another checkout of the repository. */
export function sideIn(name: Side['name'], repoRoot: string, like: Side): Side {
  return {
    name,
    repoRoot,
    workspaceRoot: join(repoRoot, relative(like.repoRoot, like.workspaceRoot)),
    projectRoot: join(repoRoot, relative(like.repoRoot, like.projectRoot)),
  };
}
