import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globMatcher } from '../../kernel/files/glob.ts';

const SKIPPED = new Set([
  'node_modules',
  'site-packages',
  '__pycache__',
  'venv',
  'env',
  'build',
  'dist',
  'target',
  'coverage',
  'htmlcov',
]);
const OF_ANOTHER_PROJECT = ['pyproject.toml', 'project.json', 'package.json', 'setup.py', 'pyvenv.cfg'];

/** How one harness knows its files. */
export interface FileConvention {
  /** Over the file's name; not asked where globs are given. */
  readonly name: RegExp;
  readonly content: (text: string) => boolean;
}

/**
 * Benchmark files of a project by a convention, relative to its root, POSIX separators, sorted. Hidden
 * folders, environments, build output and folders of other projects are passed by; a glob reaches into the latter.
 */
export function findBenchmarkFiles(
  projectRoot: string,
  convention: FileConvention,
  globs: readonly string[] | undefined,
): readonly string[] {
  const wanted = globs
    ? globMatcher(globs)
    : (path: string) => convention.name.test(path.slice(path.lastIndexOf('/') + 1));
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(projectRoot, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!isPassedBy(projectRoot, path, entry.name, globs !== undefined)) visit(path);
      } else if (entry.isFile() && entry.name.endsWith('.py') && wanted(path)) {
        if (convention.content(readFileSync(join(projectRoot, path), 'utf8'))) found.push(path);
      }
    }
  };
  if (existsSync(projectRoot)) visit('');
  return found.sort();
}

function isPassedBy(root: string, path: string, name: string, reaching: boolean): boolean {
  if (SKIPPED.has(name) || name.startsWith('.') || name.endsWith('.egg-info')) return true;
  const marks = reaching ? ['pyvenv.cfg'] : OF_ANOTHER_PROJECT;
  return marks.some((mark) => existsSync(join(root, path, mark)));
}
