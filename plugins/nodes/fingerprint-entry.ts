import { realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { packageFile, packageRoot } from '../../tools/kernel/files/package-file.ts';

/**
 * Path of the fingerprint program relative to the workspace root, the same text on every machine: the link
 * in the nearest `node_modules` where it leads to us (pnpm's real folder names hold versions and hashes),
 * else the real path from the workspace root.
 */
export function fingerprintEntry(workspaceRoot: string): string {
  const real = packageFile('tools/kernel/environment/fingerprint-main');
  const inPackage = relative(packageRoot(), real);
  const home = realPath(packageRoot());
  for (let folder = workspaceRoot; ; folder = dirname(folder)) {
    const link = join(folder, 'node_modules', 'nx-assay');
    if (home !== undefined && realPath(link) === home)
      return posix(relative(workspaceRoot, join(link, inPackage)));
    if (folder === dirname(folder)) break;
  }
  return posix(relative(realPath(workspaceRoot) ?? workspaceRoot, realPath(real) ?? real));
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function posix(path: string): string {
  return path.split(sep).join('/');
}
