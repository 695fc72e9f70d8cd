import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';
import type { LanguageContext } from '../language.ts';
import { installLocked } from './install.ts';
import { type Lockfile, lockfileIn, lockfilesAbove } from './lockfiles.ts';
import { mirrorModules } from './mirror.ts';
import { foldersWithModules } from './package-folders.ts';

/**
 * Gives the base its packages: head's third-party packages where the lockfile is equal byte for byte, an
 * install of its own where it is not. Without any lockfile nothing tells them apart, and head's are shared.
 *
 * @throws AssayError `base/install-failed`
 */
export async function shareModules(base: Side, head: Side, context: LanguageContext): Promise<void> {
  const installed: string[] = [];
  for (const lockfile of [...lockfilesAbove(head.projectRoot)].reverse()) {
    const own = differing(lockfile, base, head);
    if (!own) continue;
    await installLocked(own, context);
    installed.push(lockfile.folder);
  }
  for (const folder of foldersWithModules(head.repoRoot, [base.repoRoot])) {
    if (!existsSync(join(base.repoRoot, folder))) continue; // a package that the base does not have
    const pinnedBy = lockfilesAbove(join(head.repoRoot, folder))[0]?.folder;
    if (pinnedBy !== undefined && installed.includes(pinnedBy)) continue;
    mirrorModules(folder, base.repoRoot, head.repoRoot);
  }
}

/** The base's lockfile where it pins other packages than head's. */
function differing(lockfile: Lockfile, base: Side, head: Side): Lockfile | undefined {
  const inBase = join(base.repoRoot, relative(head.repoRoot, lockfile.folder));
  const own = lockfileIn(inBase);
  // Not in the base: never committed, or newer than the base. Nothing there could be installed as locked.
  if (!own) return undefined;
  const equal =
    own.name === lockfile.name && sameBytes(join(inBase, own.name), join(lockfile.folder, lockfile.name));
  // Plug'n'Play has no folder to share.
  const shareable = !existsSync(join(lockfile.folder, '.pnp.cjs')) || existsSync(join(inBase, '.pnp.cjs'));
  return equal && shareable ? undefined : own;
}

function sameBytes(a: string, b: string): boolean {
  return readFileSync(a).equals(readFileSync(b));
}
