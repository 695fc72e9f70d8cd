import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageFolder } from './native-package.ts';

/**
 * Hash of a bundle that is the same for the same code in two checkouts. The bundle names files relative to
 * its repository; a third-party file that the base shares with head is further away from the base, so
 * names are cut to what follows the last `node_modules`. What stays outside counts by its contents and by
 * the manifest of its package.
 *
 * @param text the bundle without its source map
 * @param inputs files in it, relative to `repoRoot`
 * @param externals files that it loads, absolute
 */
export function bundleDigest(
  text: string,
  inputs: readonly string[],
  externals: readonly string[],
  repoRoot: string,
): string {
  let bare = text;
  for (const path of [...inputs, ...externals].sort((a, b) => b.length - a.length)) {
    const inPackage = path.split('/node_modules/').at(-1) ?? path;
    if (inPackage === path && !isAbsolute(path)) continue;
    const absolute = resolve(repoRoot, path);
    for (const spelled of [pathToFileURL(absolute).href, absolute, path]) {
      bare = bare.replaceAll(spelled, `node_modules/${inPackage}`);
    }
  }
  const hash = createHash('sha256').update(bare);
  for (const path of [...externals].sort()) {
    hash.update(contents(path)).update(contents(join(packageFolder(path) ?? '', 'package.json')));
  }
  return hash.digest('hex');
}

function contents(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
