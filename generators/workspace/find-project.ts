import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import { generatorErrors } from '../errors.ts';
import type { ProjectView } from './view.ts';

/** The project that a generator works on. Paths are relative to the workspace root, POSIX separators. */
export interface FoundProject {
  readonly name: string;
  /** Name fit for a file and an identifier: letters, digits and dashes. */
  readonly fileName: string;
  /** `.` for the workspace root. */
  readonly root: string;
}

/**
 * The project that a user means: by name, by folder, or by the last part of the folder of a Python or Go
 * module that is no project yet.
 *
 * @param candidates folders that could become projects
 * @throws AssayError `generator/no-project`
 */
export function findProject(
  tree: Tree,
  wanted: string,
  projects: readonly ProjectView[],
  candidates: readonly string[],
): FoundProject {
  const folder = posix.normalize(wanted.replaceAll('\\', '/')).replace(/\/$/, '');
  const found =
    projects.find(({ name }) => name === wanted) ??
    projects.find(({ root }) => root === folder) ??
    projects.find(({ name }) => name.startsWith('@') && name.endsWith(`/${wanted}`)) ??
    candidateProject(wanted, candidates) ??
    folderProject(tree, folder);
  if (!found) {
    const names = [...projects.map(({ name }) => name), ...candidates];
    const similar = names.filter((name) => isSimilar(name, wanted)).slice(0, 5);
    throw generatorErrors.create('generator/no-project', { project: wanted, similar });
  }
  return { name: found.name, root: found.root, fileName: fileName(found.name) };
}

type Place = Pick<ProjectView, 'name' | 'root'>;

function candidateProject(wanted: string, candidates: readonly string[]): Place | undefined {
  const matching = candidates.filter((folder) => posix.basename(folder) === wanted);
  const [root] = matching;
  return root !== undefined && matching.length === 1 ? { name: wanted, root } : undefined;
}

function folderProject(tree: Tree, folder: string): Place | undefined {
  const inside = folder !== '.' && !folder.startsWith('..') && !posix.isAbsolute(folder);
  return inside && tree.exists(folder) && !tree.isFile(folder)
    ? { name: posix.basename(folder), root: folder }
    : undefined;
}

/** `@shop/Pricing Rules` → `pricing-rules`: a name for files that every language takes. Pure. */
export function fileName(project: string): string {
  const last = project.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const clean = last
    .normalize('NFKD')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return clean === '' ? 'project' : clean;
}

function isSimilar(name: string, wanted: string): boolean {
  const [a, b] = [fileName(name), fileName(wanted)];
  return a.includes(b) || b.includes(a) || (a.length > 3 && distance(a, b) <= 2);
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
