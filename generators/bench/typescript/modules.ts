import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import type { ExportedFunction } from '../exported-function.ts';
import { type ModuleScan, scanModule } from './module-scan.ts';
import { readParameters } from './parameters.ts';
import { entryModule } from './sources.ts';
import type { ResolveType } from './type-shape.ts';

const endings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const written: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
};

/** The modules of a tree, each read once. */
export class Modules {
  readonly #tree: Tree;
  readonly #scans = new Map<string, ModuleScan>();

  readonly #packages: ReadonlyMap<string, string>;

  /** @param packages roots of the workspace's own packages, by name */
  constructor(tree: Tree, packages: ReadonlyMap<string, string> = new Map()) {
    this.#tree = tree;
    this.#packages = packages;
  }

  /** Functions that a module exports, itself or from other modules of the workspace; in the order declared. */
  exportedFunctions(file: string): readonly ExportedFunction[] {
    const found = new Map<string, ExportedFunction>();
    for (const name of this.#exportNames(file, new Set())) {
      const fn = this.#function(file, name, new Set());
      if (fn) found.set(`${fn.module}#${fn.name}`, fn);
    }
    return [...found.values()];
  }

  /**
   * File that a specifier means, as bundlers and TypeScript read it: relative, or a package of the workspace.
   * `undefined` where there is none.
   */
  resolve(from: string, specifier: string): string | undefined {
    if (!specifier.startsWith('.')) {
      const root = this.#packages.get(specifier);
      return root === undefined ? undefined : entryModule(this.#tree, root);
    }
    const path = posix.join(posix.dirname(from), specifier);
    const ending = posix.extname(path);
    const stem = path.slice(0, path.length - ending.length);
    return [
      ...(written[ending] ?? []).map((other) => `${stem}${other}`),
      path,
      ...endings.map((other) => `${path}${other}`),
      ...endings.map((other) => `${path}/index${other}`),
    ].find((file) => endings.includes(posix.extname(file)) && this.#tree.isFile(file));
  }

  #scan(file: string): ModuleScan {
    const known = this.#scans.get(file) ?? scanModule(this.#tree.read(file, 'utf-8') ?? '');
    this.#scans.set(file, known);
    return known;
  }

  #exportNames(file: string, seen: Set<string>): readonly string[] {
    if (seen.has(file)) return [];
    seen.add(file);
    const scan = this.#scan(file);
    const starred = scan.stars.flatMap((from) => {
      const target = this.resolve(file, from);
      return target ? this.#exportNames(target, seen).filter((name) => name !== 'default') : [];
    });
    return [...new Set([...scan.exports.keys(), ...starred])];
  }

  /** Follows an exported name to the module that declares the function and exports it under some name. */
  #function(file: string, name: string, seen: Set<string>): ExportedFunction | undefined {
    const place = `${file}#${name}`;
    if (seen.has(place)) return undefined;
    seen.add(place);
    const scan = this.#scan(file);
    const origin = scan.exports.get(name);
    if (!origin) {
      for (const from of scan.stars) {
        const target = this.resolve(file, from);
        const fn = target && name !== 'default' ? this.#function(target, name, seen) : undefined;
        if (fn) return fn;
      }
      return undefined;
    }
    const imported = origin.kind === 'local' ? scan.imports.get(origin.name) : origin;
    const further = imported ?? origin;
    if (further.kind === 'module') {
      const target = this.resolve(file, further.from);
      return target ? this.#function(target, further.name, seen) : undefined;
    }
    const source = scan.functions.get(further.name);
    if (!source) return undefined;
    const stem = posix.basename(file).replace(/\.\w+$/, '');
    const declared = /^[\w$]+$/.test(further.name)
      ? further.name
      : camelName(stem === 'index' ? posix.basename(posix.dirname(file)) : stem);
    return {
      name,
      local: name === 'default' ? declared : name,
      module: file,
      line: source.line,
      parameters: readParameters(source, this.#typeResolver(file)),
      async: source.async,
      bodyLines: source.body.split('\n').length,
      loops:
        /\b(for|while|do)\b|\.(map|filter|reduce|forEach|sort|flatMap|some|every|find|replace|split|match)\(/.test(
          source.body,
        ),
    };
  }

  #typeResolver(file: string): ResolveType {
    return (name) => {
      const found = this.#type(file, name, new Set());
      return found && { source: found.source, resolve: this.#typeResolver(found.file) };
    };
  }

  #type(
    file: string,
    name: string,
    seen: Set<string>,
  ): { file: string; source: NonNullable<ReturnType<ModuleScan['types']['get']>> } | undefined {
    const place = `${file}#${name}`;
    if (seen.has(place)) return undefined;
    seen.add(place);
    const scan = this.#scan(file);
    const source = scan.types.get(name);
    if (source) return { file, source };
    const origins = [scan.imports.get(name), scan.exports.get(name)].flatMap((origin) =>
      origin?.kind === 'module' ? [origin] : [],
    );
    const next = [...origins, ...scan.stars.map((from) => ({ from, name }))];
    for (const origin of next) {
      const target = this.resolve(file, origin.from);
      const found = target ? this.#type(target, origin.name, seen) : undefined;
      if (found) return found;
    }
    return undefined;
  }
}

function camelName(text: string): string {
  const name = text
    .replace(/[^A-Za-z0-9]+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/\W/g, '');
  return /^[A-Za-z]/.test(name) ? name : `fn${name}`;
}
