import { declaresBenchmarks } from '../../tools/harnesses/criterion/criterion-crates.ts';
import { benchmarkHint, type LanguageId } from '../facts/conventions.ts';
import type { FactReader } from '../facts/fact-cache.ts';
import { baseName, folderOf, isForeignPath } from '../facts/paths.ts';

/** Benchmarks by project root: one file a language is enough to know. */
export type Evidence = ReadonlyMap<string, Readonly<Partial<Record<LanguageId, string>>>>;

/** A manifest of the same language between a file and a project's root: the file is that package's. */
const boundary: Readonly<Record<LanguageId, string>> = {
  typescript: 'package.json',
  python: 'pyproject.toml',
  go: 'go.mod',
  rust: 'Cargo.toml',
  java: 'pom.xml',
};

/**
 * Which projects hold benchmarks. A file belongs to the nearest project above it, unless the manifest of
 * another package lies between. Python, Go and Java files are read only until the first benchmark of a project
 * is found; a Cargo.toml tells by itself.
 *
 * @param roots folders that are, or may become, projects
 */
export function benchmarkEvidence(
  files: readonly string[],
  roots: ReadonlySet<string>,
  reader: FactReader,
): Evidence {
  const evidence = new Map<string, Partial<Record<LanguageId, string>>>();
  const ownerOf = ownership(files, roots, reader);
  for (const file of files) {
    const hint = benchmarkHint(file);
    if (hint.state === 'none' || isForeignPath(file)) continue;
    const owner = ownerOf(folderOf(file), hint.language);
    if (owner === undefined || evidence.get(owner)?.[hint.language] !== undefined) continue;
    if (hint.state === 'candidate' && !holdsBenchmark(file, hint.language, reader)) continue;
    const found = evidence.get(owner) ?? {};
    found[hint.language] = file;
    evidence.set(owner, found);
  }
  return evidence;
}

function holdsBenchmark(file: string, language: LanguageId, reader: FactReader): boolean {
  if (language === 'rust') {
    const manifest = reader.read('cargo', file);
    return manifest.state === 'read' && declaresBenchmarks(manifest.facts);
  }
  const kinds = { go: 'gobench', java: 'javabench' } as const;
  const read = reader.read(language === 'go' || language === 'java' ? kinds[language] : 'pybench', file);
  return read.state === 'read' && Boolean(read.facts);
}

function ownership(files: readonly string[], roots: ReadonlySet<string>, reader: FactReader) {
  const manifests = new Set(files.filter((file) => names.has(baseName(file))));
  const memo = new Map<string, string | undefined>();
  return function ownerOf(folder: string, language: LanguageId): string | undefined {
    if (roots.has(folder)) return folder;
    const key = `${language}:${folder}`;
    if (memo.has(key)) return memo.get(key);
    const ends = folder === '.' || isBoundary(`${folder}/${boundary[language]}`, language);
    const owner = ends ? undefined : ownerOf(folderOf(folder), language);
    memo.set(key, owner);
    return owner;
  };

  /** A package.json without a name is no package: `{"type":"module"}` marks a folder of a package. */
  function isBoundary(manifest: string, language: LanguageId): boolean {
    if (!manifests.has(manifest)) return false;
    if (language !== 'typescript') return true;
    const read = reader.read('package', manifest);
    return read.state === 'read' && read.facts.name !== undefined;
  }
}

const names = new Set(Object.values(boundary));
