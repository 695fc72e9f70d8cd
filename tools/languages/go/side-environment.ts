import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';
import { nearest } from './manifests.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Environment in which a side's go resolves modules within its own tree: a GOWORK, and a file named by
 * GOFLAGS, that lie in the other tree become the side's own; a `go.work` that go would find above a side
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
    if (above !== undefined && !isCommonTo(above, side, other)) own.GOWORK = 'off';
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

/**
 * A go.work outside of both trees names the modules of one checkout, not of a worktree elsewhere: only the
 * tree that it lies right above may be in it, and then the other side has no counterpart.
 */
function isCommonTo(folder: string, side: Side, other: Side): boolean {
  return side.name === 'head' && !isInside(folder, other.repoRoot);
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root + sep);
}
