import { posix } from 'node:path';
import { addDependenciesToPackageJson, type Tree } from '@nx/devkit';
import type { Addition, BenchProject } from '../scaffold.ts';
import type { BenchForm } from './render.ts';

const VITEST = '^5.0.0';

/** Version or range of Vitest that a project uses: the installed one, else the declared; `undefined` = none. */
export function vitestVersion(tree: Tree, root: string): string | undefined {
  const folders = [...new Set([root, '.'])];
  for (const folder of folders) {
    const installed = readField(tree, posix.join(folder, 'node_modules/vitest/package.json'), ['version']);
    if (installed) return installed;
  }
  for (const folder of folders) {
    const manifest = posix.join(folder, 'package.json');
    for (const section of ['devDependencies', 'dependencies', 'peerDependencies']) {
      const declared = readField(tree, manifest, [section, 'vitest']);
      if (declared) return declared;
    }
  }
  return undefined;
}

/** Vitest 5 moved `bench` into the test context. A range that names no number (`latest`) counts as new. Pure. */
export function benchForm(version: string | undefined): BenchForm {
  const major = Number(/\d+/.exec(version ?? '')?.[0] ?? Number.NaN);
  return major < 5 ? 'describe' : 'test';
}

/** Adds Vitest to the workspace's development dependencies where the project has none; keeps a version that is there. */
export function addVitest(tree: Tree, project: BenchProject): Addition {
  if (vitestVersion(tree, project.root) !== undefined || !tree.exists('package.json')) return {};
  return { install: addDependenciesToPackageJson(tree, {}, { vitest: VITEST }, 'package.json', true) };
}

function readField(tree: Tree, file: string, path: readonly string[]): string | undefined {
  if (!tree.exists(file)) return undefined;
  try {
    const json: unknown = JSON.parse(tree.read(file, 'utf-8') ?? '');
    const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], json);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
