import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** Folders from a project's own up to `top`, nearest first; just the project's own where it lies outside. */
export function ancestors(projectRoot: string, top: string): readonly string[] {
  if (!`${projectRoot}${sep}`.startsWith(`${top}${sep}`)) return [projectRoot];
  const folders = [projectRoot];
  while (folders.at(-1) !== top) folders.push(dirname(folders.at(-1)!));
  return folders;
}

/** Nearest folder from `projectRoot` up to `top` that holds a file of this name. */
export function nearest(projectRoot: string, top: string, file: string): string | undefined {
  return ancestors(projectRoot, top).find((folder) => existsSync(join(folder, file)));
}

/**
 * Files that pin third-party code of a project, relative to the workspace root, sorted: those of its module,
 * of its `go.work` and of the modules which that or a relative `replace` brings in, as far as they exist.
 */
export async function goLockfiles(projectRoot: string, workspaceRoot: string): Promise<readonly string[]> {
  const found = new Set<string>();
  const add = (folder: string, names: readonly string[]): void => {
    for (const name of names) if (existsSync(join(folder, name))) found.add(join(folder, name));
  };
  const moduleFiles = ['go.mod', 'go.sum', join('vendor', 'modules.txt')];
  const work = nearest(projectRoot, workspaceRoot, 'go.work');
  const own = nearest(projectRoot, workspaceRoot, 'go.mod');
  const left = own === undefined ? [] : [own];
  if (work !== undefined) {
    add(work, ['go.work', 'go.work.sum', join('vendor', 'modules.txt')]);
    left.push(...(await localFolders(work, 'go.work')));
  }
  const seen = new Set<string>();
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    add(folder, moduleFiles);
    left.push(...(await localFolders(folder, 'go.mod')));
  }
  return [...found]
    .map((path) => relative(workspaceRoot, path).split(sep).join('/'))
    .filter((path) => !path.startsWith('../'))
    .sort();
}

/** Folders that a `go.work` uses, or to which a `go.mod` or `go.work` replaces, where they are relative. */
async function localFolders(folder: string, file: 'go.mod' | 'go.work'): Promise<readonly string[]> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => '');
  return localPaths(text).map((path) => join(folder, path));
}

/** Relative paths in the `use` and `replace` directives of a `go.work` or `go.mod`. */
export function localPaths(text: string): readonly string[] {
  const paths: string[] = [];
  let block = '';
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\/\/.*$/, '').trim();
    const opened = /^(\w+)\s*\($/.exec(line);
    if (opened) block = opened[1]!;
    else if (line === ')') block = '';
    else if (line !== '') paths.push(...pathOf(block === '' ? line : `${block} ${line}`));
  }
  return paths;
}

function pathOf(directive: string): readonly string[] {
  const [, used] = /^use\s+(.+)$/.exec(directive) ?? [];
  const [, replaced] = /^replace\s.*=>\s*(.+)$/.exec(directive) ?? [];
  const path = unquote(used ?? replaced ?? '');
  return path === '.' || /^\.\.?(?:\/|$)/.test(path) ? [path] : [];
}

function unquote(text: string): string {
  return text.trim().replace(/^(["`])(.*)\1$/, '$2');
}
