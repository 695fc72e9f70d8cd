import { closing, depths, lineAt, splitOutside } from '../brackets.ts';
import { mask } from '../mask.ts';

/** An exported function as its source declares it; types are still text. */
export interface GoFunction {
  readonly name: string;
  /** Type parameters: name and constraint. */
  readonly generics: ReadonlyMap<string, string>;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  /** How many values it returns. */
  readonly results: number;
  readonly line: number;
  readonly body: string;
}

/** What one Go file declares at its top level. */
export interface GoFile {
  readonly packageName: string;
  readonly functions: readonly GoFunction[];
  /** Named types: right-hand side as text. */
  readonly types: ReadonlyMap<string, string>;
}

/** Reads the top level of a Go file; methods are left out. Pure; what it does not understand it leaves out. */
export function scanGoFile(text: string): GoFile {
  const masked = mask(text, 'go');
  const depth = depths(masked);
  return {
    packageName: /^[ \t]*package[ \t]+(\w+)/m.exec(masked)?.[1] ?? '',
    functions: scanFunctions(text, masked, depth),
    types: scanTypes(masked, depth),
  };
}

function scanFunctions(text: string, masked: string, depth: Int32Array): readonly GoFunction[] {
  const found: GoFunction[] = [];
  for (const match of masked.matchAll(/\bfunc[ \t]+(\p{Lu}[\p{L}\d_]*)\s*(?=[[(])/gu)) {
    if (depth[match.index] !== 0) continue;
    let open = match.index + match[0].length;
    let generics: ReadonlyMap<string, string> = new Map();
    if (masked[open] === '[') {
      const end = closing(masked, open);
      if (end < 0) continue;
      generics = new Map(readFields(masked.slice(open + 1, end)).map(({ name, type }) => [name, type]));
      open = masked.indexOf('(', end);
    }
    const end = closing(masked, open);
    if (end < 0) continue;
    const after = masked.slice(end + 1);
    const brace = end + 1 + after.search(/\{/);
    const bodyEnd = brace > end ? closing(masked, brace) : -1;
    found.push({
      name: match[1] as string,
      generics,
      parameters: readFields(masked.slice(open + 1, end)),
      results: countResults(masked, end + 1),
      line: lineAt(text, match.index),
      body: bodyEnd > 0 ? masked.slice(brace, bodyEnd) : '',
    });
  }
  return found;
}

/** `a, b int, rest ...string` → each name with its type; unnamed ones are numbered. */
export function readFields(list: string): readonly { readonly name: string; readonly type: string }[] {
  const pieces = splitGo(list);
  const named = pieces.some(
    (piece) => /^[\p{L}_][\p{L}\d_]*\s+\S/u.test(piece) && !/^(chan|func|map|struct|interface)\b/.test(piece),
  );
  if (!named) return pieces.map((type, index) => ({ name: `input${index + 1}`, type }));
  const fields: { name: string; type: string }[] = [];
  let pending: string[] = [];
  for (const piece of pieces) {
    const match = /^([\p{L}_][\p{L}\d_]*)(?:\s+([\s\S]+))?$/u.exec(piece);
    if (!match) continue;
    pending.push(match[1] as string);
    if (match[2] === undefined) continue;
    for (const name of pending)
      fields.push({ name: name === '_' ? `input${fields.length + 1}` : name, type: match[2].trim() });
    pending = [];
  }
  return fields;
}

function countResults(masked: string, at: number): number {
  const start = at + (/^[ \t]*/.exec(masked.slice(at))?.[0].length ?? 0);
  if (masked[start] === '{' || masked[start] === '\n' || start >= masked.length) return 0;
  if (masked[start] !== '(') return 1;
  return splitGo(masked.slice(start + 1, closing(masked, start))).length;
}

function scanTypes(masked: string, depth: Int32Array): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  const read = (name: string, at: number): void => {
    const rest = masked.slice(at);
    const block = /^(struct|interface)\s*\{/.exec(rest);
    const end = block ? closing(masked, at + block[0].length - 1) + 1 : at + rest.search(/\n|$/);
    types.set(name, masked.slice(at, end).trim());
  };
  for (const match of masked.matchAll(/^type[ \t]+([\p{L}_][\p{L}\d_]*)[ \t]+(?:=[ \t]*)?(?=[^\s=])/gmu)) {
    if (depth[match.index] === 0) read(match[1] as string, match.index + match[0].length);
  }
  for (const match of masked.matchAll(/^type[ \t]*\(/gm)) {
    const open = match.index + match[0].length - 1;
    const end = closing(masked, open);
    for (const row of masked
      .slice(open, end)
      .matchAll(/^[ \t]*([\p{L}_][\p{L}\d_]*)[ \t]+(?:=[ \t]*)?(?=[^\s=])/gmu)) {
      const at = open + row.index + row[0].length;
      if (depth[at] === 1) read(row[1] as string, at);
    }
  }
  return types;
}

function splitGo(list: string): readonly string[] {
  return splitOutside(
    list,
    list.replace(/<-|[<>]/g, (arrow) => ' '.repeat(arrow.length)),
    ',',
  ).map((piece) => piece.text.trim());
}
