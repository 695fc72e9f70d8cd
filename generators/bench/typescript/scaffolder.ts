import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import { chooseFunctions } from '../choose.ts';
import type { ExportedFunction } from '../exported-function.ts';
import type { BenchFile, Scaffolder, ScaffoldRequest } from '../scaffold.ts';
import { Modules } from './modules.ts';
import { renderBenchmarks } from './render.ts';
import { entryModule, readManifest, sourceModules } from './sources.ts';
import { addVitest, benchForm, vitestVersion } from './vitest-version.ts';

/** Benchmarks in Vitest's API for TypeScript and JavaScript. */
export const typescriptScaffolder: Scaffolder = {
  language: 'typescript',
  harness: 'vitest',
  detect: (tree, { root }) =>
    entryModule(tree, root) !== undefined || sourceModules(tree, root, '.').length > 0,
  plan,
  addDependencies: addVitest,
};

function plan(tree: Tree, request: ScaffoldRequest): readonly BenchFile[] {
  const { project, count } = request;
  const functions = chooseFunctions(findFunctions(tree, request), count);
  if (functions.length === 0) return [];
  const path = benchPath(tree, request, functions);
  const version = vitestVersion(tree, project.root);
  const text = renderBenchmarks(functions, {
    title: project.name,
    form: benchForm(version),
    path,
    importEnding: importEnding(tree, project.root),
  });
  return [{ path, text, functions }];
}

/** What the entry shows; where it shows no function (an application), what its modules export. */
function findFunctions(
  tree: Tree,
  { project, source, packages }: ScaffoldRequest,
): readonly ExportedFunction[] {
  const modules = new Modules(tree, packages);
  const entry = source === undefined ? entryModule(tree, project.root) : undefined;
  const shown = entry ? modules.exportedFunctions(entry).filter((fn) => inside(project.root, fn.module)) : [];
  if (shown.length > 0) return shown;
  const all = sourceModules(tree, project.root, source ?? '.').flatMap((file) =>
    modules.exportedFunctions(file),
  );
  return [...new Map(all.map((fn) => [`${fn.module}#${fn.name}`, fn])).values()].filter(
    (fn) => inside(project.root, fn.module) && !/\.[jt]sx$/.test(fn.module),
  );
}

function inside(root: string, file: string): boolean {
  return root === '.' || file.startsWith(`${root}/`);
}

function benchPath(
  tree: Tree,
  { project, directory }: ScaffoldRequest,
  functions: readonly ExportedFunction[],
): string {
  const typescript = functions.some(({ module }) => /\.[mc]?tsx?$/.test(module));
  const commonJs = readManifest(tree, project.root).type !== 'module';
  const ending = typescript ? 'ts' : commonJs ? 'mjs' : 'js';
  const folder = directory ?? (tree.exists(posix.join(project.root, 'src')) ? 'src' : '.');
  return posix.join(project.root, folder, `${project.fileName}.bench.${ending}`);
}

/**
 * Ending that this project writes in relative imports: that of the first import found, else what its module
 * resolution asks for.
 */
function importEnding(tree: Tree, root: string): string {
  for (const file of sourceModules(tree, root, '.').slice(0, 50)) {
    const match = /\bfrom\s+['"]\.{1,2}\/[^'"]*?(\.[mc]?[jt]s)?['"]/.exec(tree.read(file, 'utf-8') ?? '');
    if (match) return match[1]?.replace(/[mc]/, '') ?? '';
  }
  const configs = [root, '.'].flatMap((folder) =>
    ['tsconfig.json', 'tsconfig.base.json'].map((name) => tree.read(posix.join(folder, name), 'utf-8') ?? ''),
  );
  const typescript = /"(allowImportingTsExtensions|rewriteRelativeImportExtensions)"\s*:\s*true/;
  if (configs.some((text) => typescript.test(text))) return '.ts';
  return readManifest(tree, root).type === 'module' ? '.js' : '';
}
