import { copyFile, mkdir, readdir, symlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** What no build reads, and what would make cargo look at a whole machine's worth of files. */
const LEFT_OUT = new Set(['target', 'node_modules', '.nx', '.assay']);
/** What the copy may change: the original stays as it is. */
const COPIED = new Set(['Cargo.toml', 'Cargo.lock']);

/**
 * A second tree over the same sources: folders on the way to `folders` are real ones with copies of their manifests
 * and lockfiles, and all else in them is a link to the original. So cargo finds every relative path where it is, and
 * what it or we write into manifests and lockfiles goes into the copies.
 *
 * @param root absolute; the tree that is mirrored
 * @param folders absolute folders in it whose manifests may change
 * @param shadow absolute folder to make
 */
export async function makeShadowTree(
  root: string,
  folders: readonly string[],
  shadow: string,
): Promise<void> {
  const real = new Set<string>(['']);
  for (const folder of folders) {
    const parts = relative(root, folder)
      .split(sep)
      .filter((part) => part !== '');
    for (let depth = 1; depth <= parts.length; depth++) real.add(parts.slice(0, depth).join(sep));
  }
  await mirror('');

  async function mirror(folder: string): Promise<void> {
    await mkdir(join(shadow, folder), { recursive: true });
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      if (LEFT_OUT.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (real.has(path)) await mirror(path);
      else if (COPIED.has(entry.name)) await copyFile(join(root, path), join(shadow, path));
      else await symlink(join(root, path), join(shadow, path), entry.isDirectory() ? 'dir' : 'file');
    }
  }
}

/** Where a folder of the tree lies in its shadow. */
export function inShadow(root: string, folder: string, shadow: string): string {
  return join(shadow, relative(root, folder));
}
