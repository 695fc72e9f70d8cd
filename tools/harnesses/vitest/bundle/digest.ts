import { createHash } from 'node:crypto';
import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Hash of a bundle that is the same for the same code in two checkouts. The bundle names files relative to
 * its repository; a third-party file that the base shares with head is further away from the base, so
 * names are cut to what follows the last `node_modules`.
 *
 * @param text the bundle without its source map
 * @param paths files that may be named in it: relative to `repoRoot`, or absolute
 */
export function bundleDigest(text: string, paths: readonly string[], repoRoot: string): string {
  let bare = text;
  for (const path of [...paths].sort((a, b) => b.length - a.length)) {
    const inPackage = path.split('/node_modules/').at(-1) ?? path;
    if (inPackage === path && !isAbsolute(path)) continue;
    const absolute = resolve(repoRoot, path);
    for (const spelled of [pathToFileURL(absolute).href, absolute, path]) {
      bare = bare.replaceAll(spelled, `node_modules/${inPackage}`);
    }
  }
  return createHash('sha256').update(bare).digest('hex');
}
