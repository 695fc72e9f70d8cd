import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';
import { lockFolder } from './manifests.ts';

/**
 * A base without a lockfile (libraries often ignore theirs) gets head's, so that both sides are built with the same
 * crates. More is not to share: all read cargo's one registry, and cargo fetches what a build lacks.
 */
export async function lendLockfile(base: Side, head: Side): Promise<void> {
  const folder = lockFolder(head.projectRoot, head.repoRoot);
  const mine = join(folder, 'Cargo.lock');
  const lent = join(base.repoRoot, relative(head.repoRoot, folder), 'Cargo.lock');
  const own = join(lockFolder(base.projectRoot, base.repoRoot), 'Cargo.lock');
  if (existsSync(mine) && !existsSync(own) && !existsSync(lent)) await copyFile(mine, lent);
}
