import { readdir, readFile } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path/posix';
import { mentionsJmh, type TopLevelType, topLevelTypes } from './java-source.ts';

/** What holds results, other languages' code or other people's. */
const skipped = new Set(['target', 'build', 'out', 'bin', 'node_modules', 'testdata', 'resources']);

/**
 * Sources of a project that JMH makes benchmarks of: those with `@Benchmark` methods in a class that is not abstract,
 * and those whose class inherits some. Relative to the project root, sorted. Modules and Nx projects nested in it
 * are their own.
 *
 * @param globs relative to the project root; all sources where absent
 */
export async function discoverBenchmarkFiles(
  projectRoot: string,
  globs: readonly string[] | undefined,
): Promise<readonly string[]> {
  const sources = await javaSources(projectRoot);
  const texts = await Promise.all(sources.map((file) => readFile(join(projectRoot, file), 'utf8')));
  const types = new Map<string, readonly TopLevelType[]>();
  sources.forEach((file, at) => {
    const text = texts[at] as string;
    // Most sources have nothing to do with benchmarks, and are not looked at closely.
    if (mentionsJmh(text) || /\bextends\b/.test(text)) types.set(file, topLevelTypes(text));
  });
  const measured = new Set(sources.filter((_, at) => mentionsJmh(texts[at] as string)));
  const inherited = new Set<string>();
  for (const file of measured) {
    for (const type of types.get(file) ?? []) if (type.hasBenchmarks) inherited.add(type.simpleName);
  }
  const found = new Set<string>();
  for (let before = -1; before !== inherited.size; ) {
    before = inherited.size;
    for (const [file, declared] of types) {
      for (const type of declared) {
        const inherits = type.extends !== undefined && inherited.has(type.extends);
        if (inherits) inherited.add(type.simpleName);
        const own = measured.has(file) && type.hasBenchmarks;
        if (!type.isAbstract && (own || inherits)) found.add(file);
      }
    }
  }
  return [...found].filter((file) => !globs || globs.some((glob) => matchesGlob(file, glob))).sort();
}

/** All Java sources of a project, without those of projects in it. */
export async function javaSources(root: string, folder = ''): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const names = new Set(entries.map((entry) => entry.name));
  const isOther = ['pom.xml', 'project.json', 'build.gradle', 'build.gradle.kts'].some((name) =>
    names.has(name),
  );
  if (folder !== '' && isOther) return [];
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name) || /(^|\/)java\//.test(`${folder}/`))
        files.push(...(await javaSources(root, path)));
    } else if (entry.isFile() && entry.name.endsWith('.java')) files.push(path);
  }
  return files;
}
