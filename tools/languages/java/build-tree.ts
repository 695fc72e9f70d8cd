import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { removeTree } from '../../kernel/files/remove-tree.ts';
import type { MavenModule } from './modules.ts';

/** Larger files are linked: nothing in a build writes to them. */
const MOST_COPIED_BYTES = 8 * 1024 * 1024;

/** Never copied: results of the user's own builds, and other tools' folders. */
const left = new Set(['target', 'node_modules', '.nx', '.assay', '.gradle', '.idea', '.vscode']);

export interface BuildTreeRequest {
  /** Root of the tree that the modules lie in. */
  readonly from: string;
  /** Folder to make; what is there goes. */
  readonly to: string;
  readonly modules: readonly MavenModule[];
  /** Whether a file of a module (relative to its folder, POSIX separators) takes part in the build. */
  readonly keep: (module: MavenModule, path: string) => boolean;
}

/**
 * Makes a tree to build in, so that the user's own stays as it is: what belongs to the modules is copied, without
 * results of earlier builds, and all else is linked, since poms may name it (`../config/checkstyle.xml`).
 */
export async function makeBuildTree({ from, to, modules, keep }: BuildTreeRequest): Promise<void> {
  await removeTree(to);
  const byFolder = new Map(modules.map((module) => [module.folder, module]));
  const above = new Set<string>();
  for (const { folder } of modules) {
    const parts = relative(from, folder).split(sep);
    for (let length = 0; length < parts.length; length++) above.add(join(from, ...parts.slice(0, length)));
  }
  await visit(from);

  async function visit(folder: string): Promise<void> {
    await mkdir(join(to, relative(from, folder)), { recursive: true });
    const module = byFolder.get(folder);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && (byFolder.has(path) || above.has(path))) await visit(path);
      else if (module !== undefined) await copy(module, path);
      else await link(path);
    }
  }

  async function copy(module: MavenModule, path: string): Promise<void> {
    const inside = relative(module.folder, path);
    const name = path.slice(path.lastIndexOf(sep) + 1);
    // What Gradle calls its results, Maven projects keep files of their build in.
    if (name === '.git' || inside === 'build') return await link(path);
    if (left.has(inside) || name === 'node_modules' || !keep(module, inside.split(sep).join('/'))) return;
    if (inside === module.file) {
      return await writeFile(join(to, relative(from, path)), withoutModules(await readFile(path, 'utf8')));
    }
    const stat = await lstat(path);
    if (stat.isSymbolicLink() || (stat.isFile() && stat.size > MOST_COPIED_BYTES)) return await link(path);
    if (stat.isFile())
      return await copyFile(path, join(to, relative(from, path)), constants.COPYFILE_FICLONE);
    if (!stat.isDirectory()) return;
    const entries = await readdir(path);
    // A module that this build does not need.
    if (entries.includes('pom.xml')) return await link(path);
    await mkdir(join(to, relative(from, path)), { recursive: true });
    for (const entry of entries) await copy(module, join(path, entry));
  }

  async function link(path: string): Promise<void> {
    await symlink(path, join(to, relative(from, path)));
  }
}

/** A pom that brings no modules of its own into a reactor: those needed are named there one by one. Pure. */
export function withoutModules(pom: string): string {
  return pom.replace(
    /<(modules|subprojects)>\s*(?:<!--[\s\S]*?-->\s*|<(module|subproject)>[^<]*<\/\2>\s*)*<\/\1>/g,
    '',
  );
}
