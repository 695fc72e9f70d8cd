import { globSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path/posix';

/**
 * What belongs to the benchmarks of these files: every `_test.go` of their packages, since Go compiles a
 * package's test files together, and the `testdata` folders beside them. Relative to the project root, sorted.
 *
 * `testdata` that the package's own code mentions (`go:embed`, a path) is a part of the code under test: it stays.
 */
export async function testSources(projectRoot: string, files: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of packageFolders(files)) {
    for (const entry of await readdir(join(projectRoot, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (!entry.isDirectory() && entry.name.endsWith('_test.go')) found.push(path);
      if (entry.isDirectory() && entry.name === 'testdata' && !mentionsTestdata(projectRoot, folder))
        found.push(...(await below(projectRoot, path)));
    }
  }
  return found.sort();
}

/**
 * Globs of the same on the base, where files that head no longer has might not compile beside head's.
 *
 * @param projectRoot of head
 */
export function staleTestSources(files: readonly string[], projectRoot: string): readonly string[] {
  return packageFolders(files).flatMap((folder) => [
    join(folder, '*_test.go'),
    ...(mentionsTestdata(projectRoot, folder) ? [] : [join(folder, 'testdata', '**', '*')]),
  ]);
}

const COMMENT = /\/\/(?!go:embed)[^\n]*|\/\*[\s\S]*?\*\//g;

/** Whether code of a package that is no test speaks of its `testdata`. */
function mentionsTestdata(projectRoot: string, folder: string): boolean {
  return globSync('*.go', { cwd: join(projectRoot, folder) })
    .filter((file) => !file.endsWith('_test.go'))
    .some((file) =>
      /\btestdata\b/.test(readFileSync(join(projectRoot, folder, file), 'utf8').replace(COMMENT, '')),
    );
}

/** Folders of the packages that these files are in, `.` for the project's own, sorted. */
export function packageFolders(files: readonly string[]): readonly string[] {
  return [...new Set(files.map((file) => dirname(file)))].sort();
}

async function below(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const nested = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? below(root, path) : Promise.resolve([path]);
    }),
  );
  return nested.flat();
}
