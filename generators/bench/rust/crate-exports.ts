import { posix } from 'node:path';
import { type RustFile, type RustFunction, scanRustFile } from './module-scan.ts';

/** A function that users of the crate can call. */
export interface CrateFunction {
  readonly fn: RustFunction;
  /** Path below the crate: `['shelf', 'sort']`. */
  readonly path: readonly string[];
  readonly file: string;
  /** Types that its file declares. */
  readonly scan: RustFile;
  /** Path of its module, for types named beside it. */
  readonly module: readonly string[];
}

/**
 * Functions that a library shows to others: those of its root, of its public modules, and what it re-exports of the
 * others. Pure but for `read`.
 *
 * @param read text of a file relative to `src/`, or nothing
 */
export function crateExports(
  root: string,
  read: (file: string) => string | undefined,
): readonly CrateFunction[] {
  const found = visit(root, [], true);
  // Shown under several paths, a function is measured under the shortest one.
  const shortest = new Map<RustFunction, CrateFunction>();
  for (const each of found) {
    const known = shortest.get(each.fn);
    if (known === undefined || each.path.length < known.path.length) shortest.set(each.fn, each);
  }
  return [...shortest.values()];

  function visit(file: string, module: readonly string[], isPublic: boolean): readonly CrateFunction[] {
    const text = read(file);
    if (text === undefined || module.length > 8) return [];
    const scan = scanRustFile(text);
    const own = isPublic
      ? scan.functions.map((fn) => ({ fn, path: [...module, fn.name], file, scan, module }))
      : [];
    const below = [...scan.modules].flatMap(([name, shown]) => {
      const path = [...module, name];
      const inner = fileOf(file, name);
      const all = inner === undefined ? [] : visit(inner, path, true);
      const reexported = scan.exports.flatMap((each) => renamed(each, name, module, all));
      return isPublic ? [...(shown ? all : []), ...reexported] : [];
    });
    return [...own, ...below];
  }

  function fileOf(parent: string, name: string): string | undefined {
    const folder = posix.dirname(parent);
    const stem = posix.basename(parent, '.rs');
    const at = stem === 'lib' || stem === 'mod' ? folder : posix.join(folder, stem);
    return [posix.join(at, `${name}.rs`), posix.join(at, name, 'mod.rs')].find(
      (file) => read(file) !== undefined,
    );
  }
}

/** What `pub use name::…` of a module shows of that module. */
function renamed(
  { path, name: given }: RustFile['exports'][number],
  name: string,
  module: readonly string[],
  all: readonly CrateFunction[],
): readonly CrateFunction[] {
  if (path[0] !== name) return [];
  const rest = path.slice(1);
  const depth = module.length + 1;
  return all.flatMap((each) => {
    const own = each.path.slice(depth);
    if (rest.at(-1) === '*') {
      const inside = rest.slice(0, -1);
      const here = inside.every((part, at) => own[at] === part) && own.length === inside.length + 1;
      return here ? [{ ...each, path: [...module, ...own.slice(inside.length)] }] : [];
    }
    return own.join('::') === rest.join('::') ? [{ ...each, path: [...module, given] }] : [];
  });
}
