import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import { chooseFunctions } from '../choose.ts';
import type { BenchFile, Scaffolder, ScaffoldRequest } from '../scaffold.ts';
import { listFiles } from '../source-files.ts';
import { type GoFile, type GoFunction, scanGoFile } from './package-scan.ts';
import { type GoExport, renderGo } from './render.ts';
import { genericType, goShape } from './type-shape.ts';

/** Benchmarks of the `testing` package. */
export const goScaffolder: Scaffolder = {
  language: 'go',
  harness: 'go-testing',
  detect: (tree, { root }) => goFiles(tree, root).length > 0,
  plan,
  addDependencies: () => ({}),
};

interface Package {
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly scan: GoFile }[];
}

function plan(tree: Tree, { project, count, source, directory }: ScaffoldRequest): readonly BenchFile[] {
  const packages = readPackages(tree, posix.join(project.root, source ?? directory ?? '.'));
  const functions = packages.flatMap((pkg) => {
    const measured = existingBenchmarks(tree, pkg.folder);
    return exportsOf(pkg).filter(({ name }) => !measured.has(name));
  });
  const chosen = chooseFunctions(functions, count) as readonly GoExport[];
  const hasLoop = goVersionAtLeast(tree, project.root, 24);
  return packages.flatMap((pkg) => {
    const own = chosen.filter((fn) => posix.dirname(fn.module) === pkg.folder);
    const packageName = pkg.files[0]?.scan.packageName ?? '';
    if (own.length === 0 || packageName === '') return [];
    const path = posix.join(pkg.folder, `${packageName}_bench_test.go`);
    return [{ path, text: renderGo(own, { packageName, hasLoop }), functions: own }];
  });
}

/** Source files; a file for another system or behind a build constraint may not compile here. */
function goFiles(tree: Tree, folder: string): readonly string[] {
  return listFiles(tree, folder).filter((file) => {
    if (!file.endsWith('.go') || file.endsWith('_test.go')) return false;
    return !/_(windows|darwin|linux|freebsd|js|wasm|amd64|arm64)\.go$/.test(file);
  });
}

function readPackages(tree: Tree, folder: string): readonly Package[] {
  const files = goFiles(tree, folder)
    .map((path) => ({ path, text: tree.read(path, 'utf-8') ?? '' }))
    .filter(({ text }) => !/^\/\/(go:build|\s*\+build)\s/m.test(text.split(/^package\s/m)[0] ?? ''))
    .map(({ path, text }) => ({ path, scan: scanGoFile(text) }))
    .filter(({ scan }) => !/^\s*import\s+"C"/m.test(scan.packageName));
  const folders = Map.groupBy(files, ({ path }) => posix.dirname(path));
  return [...folders].map(([at, members]) => ({ folder: at, files: members }));
}

function exportsOf({ files }: Package): readonly GoExport[] {
  const types = new Map(files.flatMap(({ scan }) => [...scan.types]));
  return files.flatMap(({ path, scan }) => scan.functions.map((fn) => toExport(fn, path, types)));
}

function toExport(fn: GoFunction, module: string, types: ReadonlyMap<string, string>): GoExport {
  const filled = new Map([...fn.generics].map(([name, constraint]) => [name, genericType(constraint)]));
  const concrete = (type: string): string =>
    type.replace(/[\p{L}_][\p{L}\d_.]*/gu, (word) => (filled.has(word) ? (filled.get(word) ?? word) : word));
  const parameters = fn.parameters.map(({ name, type }) => ({ name, type: concrete(type) }));
  return {
    name: fn.name,
    local: fn.name,
    module,
    line: fn.line,
    types: parameters.map(({ type }) => type),
    instance:
      fn.generics.size === 0 ? '' : `[${[...filled.values()].map((type) => type ?? 'any').join(', ')}]`,
    results: fn.results,
    parameters: parameters.map(({ name, type }) => ({
      name,
      shape: goShape(type, types),
      optional: false,
      keyword: false,
      rest: type.startsWith('...'),
    })),
    async: false,
    bodyLines: fn.body.split('\n').length,
    loops: /\bfor\b|\bslices\.|\bstrings\.|\bsort\./.test(fn.body),
  };
}

/** Names after `Benchmark` in the package's tests: a second of one name would not compile. */
function existingBenchmarks(tree: Tree, folder: string): ReadonlySet<string> {
  const tests = tree.children(folder).filter((file) => file.endsWith('_test.go'));
  const text = tests.map((file) => tree.read(posix.join(folder, file), 'utf-8') ?? '').join('\n');
  return new Set([...text.matchAll(/\bfunc\s+Benchmark(\w+)\s*\(/g)].map((match) => match[1] as string));
}

/** Minor version of Go 1 in the nearest go.mod; without one the newest features are not used. */
function goVersionAtLeast(tree: Tree, root: string, minor: number): boolean {
  for (let folder = root; ; folder = posix.dirname(folder)) {
    const text = tree.read(posix.join(folder, 'go.mod'), 'utf-8');
    if (text) return Number(/^go\s+1\.(\d+)/m.exec(text)?.[1] ?? 0) >= minor;
    if (folder === '.' || folder === '') return false;
  }
}
