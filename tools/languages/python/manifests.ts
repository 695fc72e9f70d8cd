import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ancestors } from './interpreter.ts';

/** Lockfiles, in the order in which they decide how the base is installed. */
export const LOCKFILES = ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock'];

const MANIFESTS = ['pyproject.toml', 'setup.py', 'setup.cfg', 'Pipfile'];

/**
 * The folder that pins a project's dependencies: the nearest one, upwards to the workspace root, with a
 * lockfile; else the nearest with a manifest or requirements. Undefined where there is none.
 */
export function pinningFolder(projectRoot: string, workspaceRoot: string): string | undefined {
  const folders = ancestors(projectRoot, workspaceRoot);
  return (
    folders.find((folder) => LOCKFILES.some((name) => existsSync(join(folder, name)))) ??
    folders.find((folder) => requirementFiles(folder).length > 0 || hasManifest(folder))
  );
}

/** Files that pin third-party code for a project, relative to the workspace root, POSIX, sorted. */
export function lockfilesOf(projectRoot: string, workspaceRoot: string): readonly string[] {
  const folder = pinningFolder(projectRoot, workspaceRoot);
  if (folder === undefined) return [];
  const locks = LOCKFILES.filter((name) => existsSync(join(folder, name)));
  const files = new Set(locks.map((name) => join(folder, name)));
  for (const name of requirementFiles(folder)) files.add(join(folder, name));
  for (const name of requirementFiles(projectRoot)) files.add(join(projectRoot, name));
  if (locks.length === 0) {
    // Nothing is locked: what the manifests ask for is all there is.
    for (const place of new Set([folder, projectRoot])) {
      for (const name of MANIFESTS) if (existsSync(join(place, name))) files.add(join(place, name));
    }
  }
  return [...files].map((file) => relative(workspaceRoot, file).split(sep).join('/')).sort();
}

/** Names like requirements.txt and requirements-dev.txt in a folder, sorted. */
export function requirementFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^(requirements.*|constraints.*)\.txt$/.test(name))
    .sort();
}

/** True where a folder holds a Python project. */
export function hasManifest(folder: string): boolean {
  return MANIFESTS.some((name) => existsSync(join(folder, name)));
}
