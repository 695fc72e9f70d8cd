import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { parse } from 'smol-toml';
import { pathsIn, readCargoToml } from './cargo-toml.ts';

/** Folders from a project's own up to `top`, nearest first; just the project's own where it lies outside. */
export function ancestors(projectRoot: string, top: string): readonly string[] {
  if (!`${projectRoot}${sep}`.startsWith(`${top}${sep}`)) return [projectRoot];
  const folders = [projectRoot];
  while (folders.at(-1) !== top) folders.push(dirname(folders.at(-1)!));
  return folders;
}

/** What pins third-party code or steers the compiler, in any folder from the project's up. */
const PINS = [
  'Cargo.toml',
  'Cargo.lock',
  'rust-toolchain',
  'rust-toolchain.toml',
  '.cargo/config.toml',
  '.cargo/config',
];

/**
 * Files that pin third-party code and tools of a project, relative to the workspace root, sorted: those of its folder
 * and all above it, and of the path dependencies that they bring in, as far as they exist.
 */
export async function rustLockfiles(projectRoot: string, workspaceRoot: string): Promise<readonly string[]> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = [...ancestors(projectRoot, workspaceRoot)];
  for (const folder of open) for (const name of PINS) addIfThere(join(folder, name));
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    addIfThere(join(folder, 'Cargo.toml'));
    open.push(...(await pathsOf(folder)));
  }
  return [...found]
    .map((path) => relative(workspaceRoot, path).split(sep).join('/'))
    .filter((path) => !path.startsWith('../'))
    .sort();

  function addIfThere(path: string): void {
    if (existsSync(path)) found.add(path);
  }
}

async function pathsOf(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, 'Cargo.toml'), 'utf8').catch(() => '');
  try {
    return pathsIn(readCargoToml(text, parse))
      .filter((path) => !isAbsolute(path))
      .map((path) => join(folder, path));
  } catch {
    return []; // cargo itself will say what is wrong with it
  }
}

/** The folder whose Cargo.lock counts for a project, as cargo finds it: its workspace's root, or its own. */
export function lockFolder(projectRoot: string, top: string): string {
  const holders = ancestors(projectRoot, top).filter((folder) => existsSync(join(folder, 'Cargo.lock')));
  return holders[0] ?? projectRoot;
}
