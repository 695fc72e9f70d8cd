import { closing, depths, lineAt, splitOutside } from '../brackets.ts';
import { mask } from '../mask.ts';

/** A public free function as its source declares it; types are still text. */
export interface RustFunction {
  readonly name: string;
  /** Type parameters: name and bounds, those of a `where` clause too. */
  readonly generics: ReadonlyMap<string, string>;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly async: boolean;
  readonly line: number;
  readonly body: string;
}

/** What one Rust file declares at its top level. */
export interface RustFile {
  readonly functions: readonly RustFunction[];
  /** Public structs with named fields that are all public: field → type. */
  readonly structs: ReadonlyMap<string, readonly { readonly name: string; readonly type: string }[]>;
  /** Public enums: the first variant without a value. */
  readonly enums: ReadonlyMap<string, string>;
  /** Modules of other files: name → public. */
  readonly modules: ReadonlyMap<string, boolean>;
  /** `pub use a::b`: path with `*` for all, and the name it gets. */
  readonly exports: readonly { readonly path: readonly string[]; readonly name: string }[];
}

const FUNCTION = /\bpub\s+(?:const\s+)?(async\s+)?fn\s+([a-z_]\w*)\s*(?=[<(])/g;

/** Reads the top level of a Rust file; methods and what is behind a `cfg` are left out. Pure. */
export function scanRustFile(text: string): RustFile {
  const masked = mask(text, 'rust');
  const depth = depths(masked);
  const top = (pattern: RegExp): readonly RegExpExecArray[] =>
    [...masked.matchAll(pattern)].filter(({ index }) => depth[index] === 0 && !isConditional(masked, index));
  return {
    functions: top(FUNCTION).flatMap((match) => functionAt(text, masked, match) ?? []),
    structs: new Map(top(/\bpub\s+struct\s+(\w+)\s*(?=\{)/g).flatMap((match) => structAt(masked, match))),
    enums: new Map(top(/\bpub\s+enum\s+(\w+)\s*(?=\{)/g).flatMap((match) => enumAt(masked, match))),
    modules: new Map(
      top(/\b(pub\s+)?mod\s+(\w+)\s*;/g).map(([, isPublic, name]) => [
        name as string,
        isPublic !== undefined,
      ]),
    ),
    exports: top(/\bpub\s+use\s+([^;]+);/g).flatMap(([, tree]) => useTree((tree as string).trim(), [])),
  };
}

/** True where a `#[cfg(…)]` stands among the attributes right before. */
function isConditional(masked: string, index: number): boolean {
  const before = masked.slice(0, index).trimEnd();
  const attributes = /(?:#\[[^\n]*\]\s*)+$/.exec(before)?.[0] ?? '';
  return /\bcfg\b/.test(attributes);
}

function functionAt(text: string, masked: string, match: RegExpExecArray): RustFunction | undefined {
  let open = match.index + match[0].length;
  let generics: ReadonlyMap<string, string> = new Map();
  if (masked[open] === '<') {
    const end = closing(masked, open);
    if (end < 0) return undefined;
    generics = boundsIn(masked.slice(open + 1, end));
    open = masked.indexOf('(', end);
  }
  const end = closing(masked, open);
  if (end < 0) return undefined;
  const brace = end + masked.slice(end).search(/[{;]/);
  const bodyEnd = masked[brace] === '{' ? closing(masked, brace) : -1;
  const where = /\bwhere\b([\s\S]*)$/.exec(masked.slice(end, brace))?.[1] ?? '';
  return {
    name: match[2] as string,
    generics: merged([...generics, ...boundsIn(where)]),
    parameters: fieldsIn(masked.slice(open + 1, end)),
    async: match[1] !== undefined,
    line: lineAt(text, match.index),
    body: bodyEnd > 0 ? masked.slice(brace, bodyEnd) : '',
  };
}

/** `'a, T: Ord + Copy, const N: usize` → T and its bounds; lifetimes are nothing to choose. */
function boundsIn(list: string): ReadonlyMap<string, string> {
  const bounds = splitRust(list).flatMap((piece): (readonly [string, string])[] => {
    const found = /^(const\s+)?([A-Z]\w*)\s*(?::\s*([\s\S]*))?$/.exec(piece);
    return found ? [[found[2] as string, found[1] === undefined ? (found[3] ?? '').trim() : 'const']] : [];
  });
  return merged(bounds);
}

/** A parameter may be bound where it is declared and in the `where` clause. */
function merged(bounds: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const [name, bound] of bounds) all.set(name, [all.get(name) ?? '', bound].filter(Boolean).join(' + '));
  return all;
}

function fieldsIn(list: string): readonly { readonly name: string; readonly type: string }[] {
  return splitRust(list).map((piece, at) => {
    const found = /^(?:mut\s+)?(\w+)\s*:\s*([\s\S]+)$/.exec(piece);
    const name = found?.[1] ?? '_';
    return {
      name: name === '_' ? `input${at + 1}` : name,
      type: (found?.[2] ?? piece).replace(/\s+/g, ' ').trim(),
    };
  });
}

type Fields = readonly { readonly name: string; readonly type: string }[];

function structAt(masked: string, match: RegExpExecArray): (readonly [string, Fields])[] {
  const open = match.index + match[0].length;
  const pieces = splitRust(masked.slice(open + 1, closing(masked, open))).map(withoutAttributes);
  const read = pieces.flatMap((piece) => {
    const [, name, type] = /^pub\s+(\w+)\s*:\s*([\s\S]+)$/.exec(piece) ?? [];
    return name === undefined || type === undefined ? [] : [{ name, type: type.trim() }];
  });
  // One private field, and nobody else can make one.
  if (read.length < pieces.length) return [];
  return [[match[1] as string, read]];
}

function enumAt(masked: string, match: RegExpExecArray): (readonly [string, string])[] {
  const open = match.index + match[0].length;
  const variants = splitRust(masked.slice(open + 1, closing(masked, open))).map(withoutAttributes);
  const plain = variants.map((piece) => /^(\w+)\s*(?:=[\s\S]*)?$/.exec(piece)?.[1]).find((name) => name);
  return plain === undefined ? [] : [[match[1] as string, plain]];
}

function withoutAttributes(piece: string): string {
  return piece.replace(/#\[[^\]]*\]/g, '').trim();
}

/** `a::{b, c as d, e::*}` → one entry a name. */
function useTree(tree: string, before: readonly string[]): RustFile['exports'] {
  const group = /^((?:\w+::)*)\{([\s\S]*)\}$/.exec(tree);
  if (group) {
    const path = [...before, ...(group[1] as string).split('::').filter((part) => part !== '')];
    return splitRust(group[2] as string).flatMap((piece) => useTree(piece, path));
  }
  const found = /^([\w:]+(?:\*)?)(?:\s+as\s+(\w+))?$/.exec(tree.replace(/\s*::\s*/g, '::'));
  if (!found) return [];
  const path = [...before, ...(found[1] as string).split('::')].filter(
    (part) => part !== 'crate' && part !== 'self' && part !== '',
  );
  return [{ path, name: found[2] ?? (path.at(-1) as string) }];
}

function splitRust(list: string): readonly string[] {
  return splitOutside(list, list, ',').map((piece) => piece.text.trim());
}
