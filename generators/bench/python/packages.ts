import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import { listFiles } from '../source-files.ts';
import { type PythonModule, scanPythonModule } from './module-scan.ts';

const notSource =
  /(^|\/)(tests?|testing|benchmarks?|docs?|examples?|scripts|migrations|build|dist)\/|(^|\/)(setup|conftest|noxfile|__main__|manage|asgi|wsgi|test_[^/]*|[^/]*_test)\.py$/;

/** A module of the project: its dotted name as it is imported, and what it declares. */
export interface NamedModule {
  readonly name: string;
  readonly file: string;
  readonly scan: PythonModule;
}

/** Modules of a Python project (or of one folder in it), sorted by file. `src/` is no part of their names. */
export function readModules(tree: Tree, root: string, source: string | undefined): readonly NamedModule[] {
  const folder = source ?? '.';
  return listFiles(tree, posix.join(root, folder))
    .map((file) => ({ file, inside: root === '.' ? file : posix.relative(root, file) }))
    .filter(({ inside }) => inside.endsWith('.py') && (source !== undefined || !notSource.test(inside)))
    .map(({ file, inside }) => ({ file, name: moduleName(tree, root, inside) }))
    .filter(({ name }) => name.split('.').every((part) => /^[A-Za-z_]\w*$/.test(part)))
    .map(({ file, name }) => ({ file, name, scan: scanPythonModule(tree.read(file, 'utf-8') ?? '') }));
}

/** `src/pricing/rules.py` → `pricing.rules`; a folder named `src` with an `__init__.py` is a package of that name. */
function moduleName(tree: Tree, root: string, inside: string): string {
  const bare = inside.replace(/\.py$/, '').replace(/\/__init__$/, '');
  const isPackage = tree.exists(posix.join(root, 'src/__init__.py'));
  return (isPackage ? bare : bare.replace(/^(src|lib|python)\//, '')).replaceAll('/', '.');
}

/** Resolves `from <written> import` in a module; `undefined` for modules of others. */
export function importedModule(
  modules: readonly NamedModule[],
  importer: NamedModule,
  written: string,
): NamedModule | undefined {
  const dots = /^\.*/.exec(written)?.[0].length ?? 0;
  const rest = written.slice(dots);
  if (dots === 0) return modules.find(({ name }) => name === rest);
  const isPackage = importer.file.endsWith('/__init__.py');
  const parts = importer.name.split('.');
  const base = parts.slice(0, parts.length - dots + (isPackage ? 1 : 0));
  const name = [...base, ...(rest === '' ? [] : [rest])].join('.');
  return modules.find((module) => module.name === name);
}
