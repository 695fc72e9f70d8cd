import { copyFile, lstat, mkdir, readdir, readlink, realpath, rm, symlink, unlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';
import { removeTree } from '../../kernel/files/remove-tree.ts';
import { baseErrors } from './errors.ts';

/**
 * Copies head's benchmark files onto the base, so that only the code under test differs. Replaces what is
 * there. A link is copied as a link where it stays inside the project, and refused where it leaves it.
 *
 * @param files files or folders relative to the project root
 * @throws AssayError `base/overlay-escape`, `base/overlay-missing`; nothing outside the base's project was touched
 */
export async function overlayFiles(head: Side, base: Side, files: readonly string[]): Promise<void> {
  const [from, to] = await Promise.all([realpath(head.projectRoot), realpath(base.projectRoot)]);
  for (const file of [...new Set(files)].sort()) await overlay(from, to, checked(file));
}

async function overlay(from: string, to: string, file: string): Promise<void> {
  const source = join(from, file);
  const stat = await lstat(source).catch(() => undefined);
  if (stat === undefined) throw baseErrors.create('base/overlay-missing', { file });
  if (!isWithin(await realpath(dirname(source)), from)) {
    throw baseErrors.create('base/overlay-escape', {
      file,
      reason: 'its folder is a link that leaves the project',
    });
  }
  if (stat.isDirectory()) {
    for (const name of (await readdir(source)).sort()) await overlay(from, to, join(file, name));
    return;
  }
  if (!stat.isFile() && !stat.isSymbolicLink()) {
    throw baseErrors.create('base/overlay-escape', { file, reason: 'it is neither a file nor a link' });
  }
  const link = stat.isSymbolicLink() ? await linkTarget(source, from, file) : undefined;
  await openPath(to, dirname(file));
  const target = join(to, file);
  const old = await lstat(target).catch(() => undefined);
  if (old?.isDirectory()) await removeTree(target);
  else if (old !== undefined) await unlink(target); // not written through: it may be a link
  if (link === undefined) await copyFile(source, target);
  else await symlink(link, target);
}

/** Where a link points, as text relative to itself: an absolute one would lead from the base into head. */
async function linkTarget(source: string, root: string, file: string): Promise<string> {
  const target = resolve(dirname(source), await readlink(source));
  const real = await realpath(target).catch(() => undefined);
  if (!isWithin(target, root) || (real !== undefined && !isWithin(real, root))) {
    throw baseErrors.create('base/overlay-escape', { file, reason: 'it is a link that leaves the project' });
  }
  return relative(dirname(source), target);
}

/** Makes the folder below `root`, replacing whatever on the way is a file or a link that leaves the project. */
async function openPath(root: string, folder: string): Promise<void> {
  let path = root;
  for (const part of folder === '.' ? [] : folder.split(sep)) {
    path = join(path, part);
    const stat = await lstat(path).catch(() => undefined);
    if (stat?.isDirectory()) continue;
    if (stat?.isSymbolicLink()) {
      const real = await realpath(path).catch(() => '');
      const leads = real === '' ? undefined : await lstat(real);
      if (leads?.isDirectory() && isWithin(real, root)) continue;
    }
    await rm(path, { force: true });
    await mkdir(path);
  }
}

function checked(file: string): string {
  const path = relative('/', resolve('/', file));
  const escapes =
    isAbsolute(file) || file.split(/[\\/]/).includes('..') || file.includes('\0') || path === '';
  if (escapes)
    throw baseErrors.create('base/overlay-escape', { file, reason: 'it lies outside the project' });
  return path;
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root + sep);
}
