import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import { listFiles } from '../source-files.ts';

const source = /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/;
const notSource =
  /\.(spec|test|bench|stories|config|d|e2e|setup)\.\w+$|(^|\/)(tests?|__tests__|__mocks__|bench|benchmarks|e2e|fixtures|scripts|dist|build|out|coverage)\//;

interface Manifest {
  readonly name?: unknown;
  readonly exports?: unknown;
  readonly module?: unknown;
  readonly main?: unknown;
  readonly types?: unknown;
  readonly source?: unknown;
  readonly type?: unknown;
}

/** Source modules of a project (or of one folder in it), relative to the workspace root, sorted. */
export function sourceModules(tree: Tree, root: string, folder: string): readonly string[] {
  return listFiles(tree, posix.join(root, folder)).filter((file) => {
    const inside = posix.relative(root === '' ? '.' : root, file);
    return source.test(file) && !notSource.test(inside);
  });
}

/**
 * The module that a project shows to others: what package.json names, its source where that is built, else
 * the usual places. `undefined` where there is none.
 */
export function entryModule(tree: Tree, root: string): string | undefined {
  const manifest = readManifest(tree, root);
  const named = [
    manifest.source,
    rootExport(manifest.exports),
    manifest.module,
    manifest.main,
    manifest.types,
  ]
    .flatMap((value) => strings(value))
    .flatMap((path) => [path, ...sourcesOf(path)]);
  const usual = ['src/index', 'index', 'lib/index', 'src/lib/index', 'src/main'].flatMap((stem) =>
    ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs'].map((ending) => `${stem}${ending}`),
  );
  return [...named, ...usual]
    .map((path) => posix.join(root, path))
    .find(
      (file) =>
        source.test(file) &&
        !/\.d\.\w+$/.test(file) &&
        !/(^|\/)(dist|build|out)\//.test(file) &&
        tree.isFile(file),
    );
}

/** package.json of the project; empty where there is none or it is broken. */
export function readManifest(tree: Tree, root: string): Manifest {
  try {
    return JSON.parse(tree.read(posix.join(root, 'package.json'), 'utf-8') ?? '{}') as Manifest;
  } catch {
    return {};
  }
}

function rootExport(exports: unknown): unknown {
  return typeof exports === 'object' && exports !== null && '.' in exports ? exports['.'] : exports;
}

/** All paths in an `exports` value, sources first. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([condition, inner]) =>
    condition.startsWith('.') ? [] : strings(inner),
  );
}

/** `./dist/index.js` → `./src/index.ts` and its kin. */
function sourcesOf(path: string): readonly string[] {
  const stem = path
    .replace(/^(\.\/)?(dist|build|out|lib)\/(src\/)?((esm|cjs)\/)?/, 'src/')
    .replace(/(\.d)?\.\w+$/, '');
  return ['.ts', '.tsx', '.mts', '.js', '.mjs'].map((ending) => `${stem}${ending}`);
}
