import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import { parse } from 'smol-toml';
import { criterionNames } from '../../../tools/harnesses/criterion/criterion-crates.ts';
import { type CargoToml, readCargoToml } from '../../../tools/languages/rust/cargo-toml.ts';
import { chooseFunctions } from '../choose.ts';
import type { Addition, BenchFile, BenchProject, Scaffolder, ScaffoldRequest } from '../scaffold.ts';
import { type CrateFunction, crateExports } from './crate-exports.ts';
import { type RustExport, renderRust } from './render.ts';
import { rustShape } from './type-shape.ts';

/** Compiles with every Rust since 1.65, and what it does is ours to decide. */
const CRITERION = '0.5';

/** Benchmarks of the crate criterion. */
export const rustScaffolder: Scaffolder = {
  language: 'rust',
  harness: 'criterion',
  detect: (tree, { root }) => manifestAt(tree, root)?.packageName !== undefined,
  plan,
  addDependencies,
};

function plan(tree: Tree, { project, count, source, directory }: ScaffoldRequest): readonly BenchFile[] {
  const manifest = manifestAt(tree, project.root);
  const lib = libraryOf(tree, project.root);
  if (manifest?.packageName === undefined || lib === undefined) return [];
  const crate = lib.name ?? manifest.packageName.replaceAll('-', '_');
  const folder = posix.join(project.root, posix.dirname(lib.path));
  const read = (file: string): string | undefined =>
    tree.read(posix.join(folder, file), 'utf-8') ?? undefined;
  const below = source === undefined ? '' : `${posix.join(project.root, source)}/`;
  const exported = crateExports(posix.basename(lib.path), read)
    .map((each) => toExport(each, crate, folder))
    .filter(({ module }) => module.startsWith(below));
  const chosen = chooseFunctions(exported, count) as readonly RustExport[];
  if (chosen.length === 0) return [];
  const path = posix.join(project.root, directory ?? 'benches', fileName(manifest));
  return [{ path, text: renderRust(chosen), functions: chosen }];
}

function fileName({ packageName = 'crate' }: CargoToml): string {
  return `${packageName.replaceAll('-', '_')}.rs`;
}

function libraryOf(tree: Tree, root: string): { readonly path: string; readonly name?: string } | undefined {
  const text = tree.read(posix.join(root, 'Cargo.toml'), 'utf-8') ?? '';
  const { name, path } = ((parse(text) as { lib?: { name?: string; path?: string } }).lib ?? {}) as {
    name?: string;
    path?: string;
  };
  const at = path ?? 'src/lib.rs';
  return tree.exists(posix.join(root, at))
    ? { path: at, ...(name === undefined ? {} : { name }) }
    : undefined;
}

function toExport(
  { fn, path, file, scan, module }: CrateFunction,
  crate: string,
  folder: string,
): RustExport {
  const named = (type: string): string => [crate, ...module, type].join('::');
  return {
    name: fn.name,
    local: fn.name,
    module: posix.join(folder, file),
    line: fn.line,
    path: [crate, ...path].join('::'),
    types: fn.parameters.map(({ type }) => type),
    parameters: fn.parameters.map(({ name, type }) => ({
      name,
      shape: rustShape(type, { scan, generics: fn.generics, named }),
      optional: false,
      keyword: false,
      rest: false,
    })),
    async: fn.async,
    bodyLines: fn.body.split('\n').length,
    loops: /\b(?:for|while|loop)\b|\.(?:iter|map|fold|sort\w*|chars|split\w*)\(/.test(fn.body),
  };
}

/** Declares the target, and criterion where the package has it not yet. */
function addDependencies(tree: Tree, { root }: BenchProject): Addition {
  const path = posix.join(root, 'Cargo.toml');
  const manifest = manifestAt(tree, root);
  if (manifest?.packageName === undefined) return {};
  const file = fileName(manifest);
  const name = file.replace(/\.rs$/, '');
  let text = tree.read(path, 'utf-8') ?? '';
  const added = criterionNames(manifest).length === 0;
  if (added) {
    const line = sharedCriterion(tree, root)
      ? 'criterion = { workspace = true }'
      : `criterion = "${CRITERION}"`;
    const header = /^\[dev-dependencies\][^\n]*\n/m;
    text = header.test(text)
      ? text.replace(header, (found) => `${found}${line}\n`)
      : `${text.trimEnd()}\n\n[dev-dependencies]\n${line}\n`;
  }
  if (!manifest.benches.some((bench) => bench.name === name)) {
    text = `${text.trimEnd()}\n\n[[bench]]\nname = "${name}"\nharness = false\n`;
  }
  tree.write(path, text);
  return added
    ? {
        hint: `criterion was added to ${path}: run \`cargo update --workspace\` to bring the lockfile in step.`,
      }
    : {};
}

/** Whether the workspace above has criterion among its own dependencies. */
function sharedCriterion(tree: Tree, root: string): boolean {
  for (let folder = root; ; folder = posix.dirname(folder)) {
    const manifest = manifestAt(tree, folder);
    if (manifest?.workspace !== undefined) return manifest.workspace.some(({ name }) => name === 'criterion');
    if (folder === '.' || folder === '') return false;
  }
}

function manifestAt(tree: Tree, root: string): CargoToml | undefined {
  try {
    return readCargoToml(tree.read(posix.join(root, 'Cargo.toml'), 'utf-8') ?? '', parse);
  } catch {
    return undefined;
  }
}
