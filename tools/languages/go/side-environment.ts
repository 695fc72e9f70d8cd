import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';
import { nearest } from './manifests.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Environment in which a side's go resolves modules within its own tree: a GOWORK, and a file named by
 * GOFLAGS, that lie in the other tree become the side's own; a `go.work` that go would find above a base
 * which has none is switched off. Caches (GOPATH, GOMODCACHE, GOCACHE) stay where they are.
 *
 * @param env what is inherited
 */
export function sideEnvironment(side: Side, other: Side, env: Env): Env {
  const own: Record<string, string | undefined> = {};
  const named = env.GOWORK ?? '';
  if (named === '' || named === 'auto') {
    const inside = nearest(side.projectRoot, side.repoRoot, 'go.work');
    const above = inside === undefined ? firstAbove(side.repoRoot, 'go.work') : undefined;
    // One that lies outside of head's tree names head's modules and not those of a worktree elsewhere.
    if (above !== undefined && side.name === 'base') own.GOWORK = 'off';
  } else if (isInside(named, other.repoRoot)) {
    const moved = side.repoRoot + named.slice(other.repoRoot.length);
    own.GOWORK = existsSync(moved) ? moved : 'off';
  }
  const flags = env.GOFLAGS ?? '';
  const movedFlags = flags.replace(
    /(-(?:modfile|overlay|pgo)=)(\S+)/g,
    (whole, flag: string, path: string) => {
      if (!isInside(path, other.repoRoot)) return whole;
      const moved = side.repoRoot + path.slice(other.repoRoot.length);
      return existsSync(moved) ? flag + moved : whole; // left as it is, it shows as contamination
    },
  );
  if (movedFlags !== flags) own.GOFLAGS = movedFlags;
  return own;
}

function firstAbove(folder: string, file: string): string | undefined {
  for (let at = dirname(folder); ; at = dirname(at)) {
    if (existsSync(join(at, file))) return at;
    if (at === dirname(at)) return undefined;
  }
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root + sep);
}
