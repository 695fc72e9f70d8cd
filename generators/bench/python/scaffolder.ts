import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import { chooseFunctions } from '../choose.ts';
import type { BenchFile, BenchProject, Scaffolder, ScaffoldRequest } from '../scaffold.ts';
import { addPytestBenchmark } from './dependencies.ts';
import { type PythonExport, publicFunctions } from './functions.ts';
import { readModules } from './packages.ts';
import { renderPython } from './render.ts';

/** Benchmarks for pytest-benchmark. */
export const pythonScaffolder: Scaffolder = {
  language: 'python',
  harness: 'pytest-benchmark',
  detect: (tree, { root }) => readModules(tree, root, undefined).length > 0,
  plan,
  addDependencies: addPytestBenchmark,
};

function plan(tree: Tree, { project, count, source, directory }: ScaffoldRequest): readonly BenchFile[] {
  const all = readModules(tree, project.root, undefined);
  const wanted = source === undefined ? all : readModules(tree, project.root, source);
  const known = new Set(wanted.map(({ file }) => file));
  const functions = publicFunctions([...all.filter(({ file }) => !known.has(file)), ...wanted]).filter((fn) =>
    known.has(fn.module),
  );
  const chosen = chooseFunctions(functions, count) as readonly PythonExport[];
  if (chosen.length === 0) return [];
  const folder = directory ?? testFolder(tree, project);
  const path = posix.join(project.root, folder, `test_${project.fileName.replaceAll('-', '_')}_bench.py`);
  return [{ path, text: renderPython(chosen, project.name), functions: chosen }];
}

/** Beside the tests that there are; `tests/benchmarks` by convention. */
function testFolder(tree: Tree, { root }: BenchProject): string {
  const existing = ['tests', 'test'].find((folder) => tree.exists(posix.join(root, folder)));
  return `${existing ?? 'tests'}/benchmarks`;
}
