import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** In order of trust where a folder has several and `packageManager` does not say. */
const LOCKFILES: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['npm-shrinkwrap.json', 'npm'],
  ['package-lock.json', 'npm'],
];

export interface Lockfile {
  /** Absolute folder that it lies in: where its package manager installs. */
  readonly folder: string;
  readonly name: string;
  readonly manager: PackageManager;
}

/**
 * Lockfiles that pin what a project loads: in its own folder and in every folder above it, up to the root of
 * the repository (the folder with `.git`). Innermost first; one a folder.
 */
export function lockfilesAbove(projectRoot: string): readonly Lockfile[] {
  const found: Lockfile[] = [];
  for (let folder = projectRoot; ; folder = dirname(folder)) {
    const lockfile = lockfileIn(folder);
    if (lockfile) found.push(lockfile);
    if (existsSync(join(folder, '.git')) || folder === dirname(folder)) return found;
  }
}

/** The lockfile of one folder; with several, the one that package.json's `packageManager` names. */
export function lockfileIn(folder: string): Lockfile | undefined {
  const present = LOCKFILES.filter(([name]) => existsSync(join(folder, name)));
  const named = packageManagerOf(folder);
  const [name, manager] = present.find(([, one]) => one === named) ?? present[0] ?? [];
  return name && manager ? { folder, name, manager } : undefined;
}

function packageManagerOf(folder: string): string | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      packageManager?: unknown;
    };
    return typeof manifest.packageManager === 'string' ? manifest.packageManager.split('@')[0] : undefined;
  } catch {
    return undefined;
  }
}
