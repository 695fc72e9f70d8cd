import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Written to by tools while they run: each side makes its own. */
const CACHES = /^\.(cache|vite.*|vitest.*|nx|tmp)$/;
/** Folders whose entries are packages or links of their own. */
const NESTED = /^(@.+|\.bin)$/;

/**
 * Gives the base a `node_modules` of its own whose entries lead to head's third-party packages, but to the
 * base's own copies of workspace packages (which npm, pnpm and yarn link to folders of the repository).
 * One link to head's folder would not do: workspace packages would lead back to head.
 *
 * Real paths decide, so that it does not matter by how many links a package manager reaches its store.
 *
 * @param folder where both sides have it, relative to their roots
 * @returns names of workspace packages that the base does not have
 */
export function mirrorModules(folder: string, baseRoot: string, headRoot: string): readonly string[] {
  const absent: string[] = [];
  mirror(join(headRoot, folder, 'node_modules'), join(baseRoot, folder, 'node_modules'));
  return absent;

  function mirror(from: string, to: string): void {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) {
      if (CACHES.test(name)) continue;
      const source = join(from, name);
      const target = join(to, name);
      const nested = NESTED.test(name) && lstatSync(source).isDirectory();
      if (nested) mirror(source, target);
      else link(source, target, name);
    }
  }

  function link(source: string, target: string, name: string): void {
    let real: string;
    try {
      real = realpathSync(source);
    } catch {
      return; // a broken link is as broken on the base
    }
    const own = ownCopy(real, baseRoot, headRoot);
    if (own !== undefined && !existsSync(own)) absent.push(name);
    else if (!isThere(target)) symlinkSync(own ?? real, target);
  }
}

/** Where the base has what head has at `real`; nothing for third-party code. */
function ownCopy(real: string, baseRoot: string, headRoot: string): string | undefined {
  if (!real.startsWith(headRoot + sep)) return undefined;
  const inner = real.slice(headRoot.length + 1);
  return inner.split(sep).includes('node_modules') ? undefined : join(baseRoot, inner);
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined && existsSync(dirname(path));
}
