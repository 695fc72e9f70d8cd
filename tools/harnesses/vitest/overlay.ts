import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

const BENCH_FOLDERS = new Set([
  'bench',
  'benches',
  'benchmark',
  'benchmarks',
  '__bench__',
  '__benches__',
  '__benchmarks__',
]);
const FIXTURE_FOLDERS = new Set(['fixtures', '__fixtures__']);
const ENDINGS = [
  '',
  '.ts',
  '.mts',
  '.cts',
  '.tsx',
  '.js',
  '.mjs',
  '.cjs',
  '.jsx',
  '.json',
  '/index.ts',
  '/index.js',
];

/**
 * Files that belong to the benchmarks and not to the code under test, relative to the project root: the
 * benchmark files, whole folders named after benchmarks that hold one, and fixtures beside a benchmark file
 * that it names.
 */
export function overlayOf(projectRoot: string, files: readonly string[]): readonly string[] {
  const found = new Set(files);
  for (const folder of new Set(files.flatMap(benchFolders))) {
    for (const path of filesUnder(projectRoot, folder)) found.add(path);
  }
  for (const file of files) {
    for (const path of namedFixtures(projectRoot, file)) found.add(path);
  }
  return [...found].sort();
}

function benchFolders(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1);
  const at = parts.findIndex((part) => BENCH_FOLDERS.has(part));
  return at === -1 ? [] : [parts.slice(0, at + 1).join('/')];
}

/** Relative paths in strings of the file that lead into a folder of fixtures. */
function namedFixtures(projectRoot: string, file: string): readonly string[] {
  const text = readFileSync(join(projectRoot, file), 'utf8');
  const folder = posix.dirname(file);
  return [...text.matchAll(/['"`](\.{1,2}\/[^'"`\n?]+)/g)].flatMap(([, named]) => {
    const target = posix.normalize(posix.join(folder, named ?? ''));
    if (target.startsWith('../')) return [];
    if (!target.split('/').some((part) => FIXTURE_FOLDERS.has(part))) return [];
    const path = ENDINGS.map((ending) => target + ending).find((one) => existsSync(join(projectRoot, one)));
    if (path === undefined) return [];
    return statSync(join(projectRoot, path)).isDirectory() ? filesUnder(projectRoot, path) : [path];
  });
}

function filesUnder(projectRoot: string, folder: string): readonly string[] {
  return globSync('**/*', {
    cwd: join(projectRoot, folder),
    withFileTypes: true,
    exclude: (entry) => entry.name === 'node_modules',
  })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(projectRoot.length + 1)
        .replaceAll('\\', '/'),
    );
}
