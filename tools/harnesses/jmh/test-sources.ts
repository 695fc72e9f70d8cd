import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path/posix';
import { javaSources } from './discover.ts';
import { blankOut, declaredNames } from './java-source.ts';

/** Folders whose sources the product never holds. */
const testFolder = /^(?:.*\/)?src\/(?:test|jmh|bench|perf|it)\/java\//;

/**
 * Test sources that benchmarks are built with: their own files, and those of the test folders that they name a type
 * of, directly or not. Unit tests are not among them: a base that lacks what head's tests ask for compiles all the
 * same. Relative to the folder, sorted.
 *
 * @param folder the module
 * @param files benchmark sources, relative to the module
 */
export async function benchmarkSources(folder: string, files: readonly string[]): Promise<readonly string[]> {
  const wanted = new Set(files);
  const tests = (await javaSources(folder)).filter((file) => testFolder.test(file));
  const owner = new Map<string, string[]>();
  const words = new Map<string, ReadonlySet<string>>();
  const read = async (file: string): Promise<string> =>
    await readFile(join(folder, file), 'utf8').catch(() => '');
  for (const file of new Set([...tests, ...files])) {
    const text = await read(file);
    words.set(file, new Set(blankOut(text).match(/[\p{L}_$][\p{L}\d_$]*/gu)));
    if (!testFolder.test(file)) continue;
    for (const name of declaredNames(text)) owner.set(name, [...(owner.get(name) ?? []), file]);
  }
  for (const file of wanted) {
    for (const word of words.get(file) ?? []) for (const helper of owner.get(word) ?? []) wanted.add(helper);
  }
  return [...wanted].sort();
}

/**
 * What belongs to the benchmarks and not to the code under test: their own sources, helpers among the test sources,
 * and the test resources. Sources under `src/main` that benchmarks use stay the base's own, since the product may
 * use them too.
 */
export async function overlaySources(
  projectRoot: string,
  files: readonly string[],
): Promise<readonly string[]> {
  const sources = await benchmarkSources(projectRoot, files);
  const folders = new Set(
    sources.flatMap((file) => /^((?:.*\/)?src\/(?:test|jmh|bench|perf|it)\/)java\//.exec(file)?.[1] ?? []),
  );
  const resources = [...folders].flatMap((folder) =>
    globSync('resources/**/*', { cwd: join(projectRoot, folder), withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(projectRoot.length + 1)),
  );
  return [...new Set([...sources, ...resources])].sort();
}
