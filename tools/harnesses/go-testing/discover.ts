import { readdir, readFile, stat } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path/posix';
import { type BuildTarget, benchmarkFunctions, isBuiltFor } from './go-source.ts';

/** What the go command never looks into, and what holds other people's code. */
const skipped = new Set(['vendor', 'testdata', 'node_modules']);

/**
 * `_test.go` files of a project that declare benchmarks and are built for the target, relative to the
 * project root, sorted. Modules and Nx projects nested in it are their own.
 *
 * @param globs relative to the project root; all `_test.go` files where absent
 */
export async function discoverBenchmarkFiles(
  projectRoot: string,
  globs: readonly string[] | undefined,
  target: BuildTarget,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const file of await testFiles(projectRoot, '')) {
    if (globs && !globs.some((glob) => matchesGlob(file, glob))) continue;
    const text = await readFile(join(projectRoot, file), 'utf8');
    if (!isBuiltFor(file.split('/').at(-1)!, text, target)) continue;
    if (benchmarkFunctions(text).length > 0) found.push(file);
  }
  return found.sort();
}

async function testFiles(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const names = new Set(entries.map((entry) => entry.name));
  if (folder !== '' && (names.has('go.mod') || names.has('project.json'))) return [];
  const files: string[] = [];
  for (const entry of entries) {
    if (/^[._]/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) files.push(...(await testFiles(root, path)));
    } else if (entry.name.endsWith('_test.go') && (await isFile(root, path, entry.isSymbolicLink()))) {
      files.push(path);
    }
  }
  return files;
}

async function isFile(root: string, path: string, isLink: boolean): Promise<boolean> {
  if (!isLink) return true;
  // A link that leads nowhere is not ours to complain about: the go command will.
  return await stat(join(root, path)).then(
    (found) => found.isFile(),
    () => false,
  );
}
