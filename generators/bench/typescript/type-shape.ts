import { splitOutside } from '../brackets.ts';
import type { Field, Shape } from '../exported-function.ts';
import { mask } from '../mask.ts';
import { functionTypeResult } from './function-type.ts';
import type { TypeSource } from './type-declarations.ts';

/** Finds a declared type by the name it has in the module at hand; with what its own names mean there. */
export type ResolveType = (
  name: string,
) => { readonly source: TypeSource; readonly resolve: ResolveType } | undefined;

const MAX_DEPTH = 12;
const number: Shape = { kind: 'number', float: false };

const plain: Readonly<Record<string, Shape>> = {
  number,
  string: { kind: 'string' },
  boolean: { kind: 'boolean' },
  bigint: { kind: 'literal', text: '1n' },
  Date: { kind: 'date' },
  Uint8Array: { kind: 'bytes' },
  Buffer: { kind: 'expression', text: "Buffer.from('measure')", imports: [] },
  RegExp: { kind: 'literal', text: '/a+b/g' },
  URL: { kind: 'literal', text: "new URL('https://example.com/items?page=2')" },
  null: { kind: 'literal', text: 'null' },
  undefined: { kind: 'literal', text: 'undefined' },
  void: { kind: 'literal', text: 'undefined' },
  Function: { kind: 'callback', returns: number },
};

/**
 * What a value of a TypeScript type looks like; names are resolved as far as the project declares them.
 * Pure; what it cannot tell is `unknown`, never a guess.
 *
 * @param generics what the type parameters in scope stand for
 */
export function typeShape(
  type: string,
  resolve: ResolveType,
  generics: ReadonlyMap<string, Shape> = new Map(),
  depth = 0,
): Shape {
  const text = type
    .trim()
    .replace(/^readonly\s+/, '')
    .replace(/^\|/, '')
    .trim();
  const unknown: Shape = { kind: 'unknown', text };
  if (depth > MAX_DEPTH || text === '') return unknown;
  const again = (part: string): Shape => typeShape(part, resolve, generics, depth + 1);
  const known = (Object.hasOwn(plain, text) ? plain[text] : undefined) ?? generics.get(text);
  if (known) return known;
  if (/^(['"])[^'"]*\1$/.test(text) || /^-?[\d._]+n?$/.test(text) || text === 'true' || text === 'false') {
    return { kind: 'literal', text };
  }
  const masked = mask(text, 'typescript');
  const result = functionTypeResult(text);
  if (result !== undefined)
    return { kind: 'callback', returns: again(result.replace(/^.*\bis\b.*$/, 'boolean')) };
  const union = splitOutside(text, masked, '|').map((piece) => piece.text.trim());
  if (union.length > 1)
    return again(union.find((part) => !/^(undefined|null|void|never)$/.test(part)) ?? 'undefined');
  const parts = splitOutside(text, masked, '&').map((piece) => again(piece.text));
  if (parts.length > 1) return merged(parts) ?? unknown;
  if (text.endsWith('[]')) return listOf(again(text.slice(0, -2)));
  if (text.startsWith('(') && text.endsWith(')')) return again(text.slice(1, -1));
  if (text.startsWith('[')) {
    const items = splitOutside(text.slice(1, -1), masked.slice(1, -1), ',').map((piece) => piece.text.trim());
    const needed = items.filter((item) => !item.endsWith('?') && !/^(\.\.\.|\w+\?:)/.test(item));
    return { kind: 'tuple', of: needed.map((item) => again(item.replace(/^\w+:\s/, ''))) };
  }
  if (text.startsWith('{')) return objectShape(text, masked, again);
  return named(text, masked, again) ?? declared(text, resolve, generics, depth) ?? unknown;
}

function named(text: string, masked: string, again: (part: string) => Shape): Shape | undefined {
  const match = /^([\w$.]+)\s*<(.*)>$/s.exec(text);
  if (!match) return undefined;
  const inner = masked.indexOf('<') + 1;
  const args = splitOutside(text.slice(inner, -1), masked.slice(inner, -1), ',').map((piece) => piece.text);
  const [first = 'unknown', second = 'unknown'] = args;
  switch (match[1]) {
    case 'Array':
    case 'ReadonlyArray':
    case 'Iterable':
      return listOf(again(first));
    case 'Set':
    case 'ReadonlySet':
      return { kind: 'set', of: again(first) };
    case 'Record':
      return { kind: 'map', key: again(first), of: again(second) };
    case 'Map':
    case 'ReadonlyMap':
      return { kind: 'map', key: again(first), of: again(second), type: 'Map' };
    case 'Readonly':
    case 'Required':
    case 'NonNullable':
      return again(first);
    case 'Partial':
      return { kind: 'record', fields: [] };
    case 'Promise':
    case 'Awaited': {
      const value = again(first);
      return match[1] === 'Promise' ? { kind: 'named', type: 'Promise.resolve', of: value } : value;
    }
    default:
      return undefined;
  }
}

function declared(
  text: string,
  resolve: ResolveType,
  generics: ReadonlyMap<string, Shape>,
  depth: number,
): Shape | undefined {
  const name = /^([A-Za-z_$][\w$]*)(?:<.*>)?$/s.exec(text)?.[1];
  const found = name === undefined ? undefined : resolve(name);
  if (!found || name === undefined) return undefined;
  if (generics.has(`recursive ${name}`)) return { kind: 'unknown', text: `recursive ${name}` };
  const own = new Map(generics).set(`recursive ${name}`, number);
  for (const parameter of found.source.typeParameters) own.set(parameter, number);
  const shape = typeShape(found.source.text, found.resolve, own, depth + 1);
  const bases = found.source.bases.map((base) => typeShape(base, found.resolve, own, depth + 1));
  return bases.length === 0 ? shape : (merged([...bases, shape]) ?? { kind: 'unknown', text });
}

/** A list of a type within itself (children of a tree) is empty in a sample. */
function listOf(of: Shape): Shape {
  const recursive = of.kind === 'unknown' && of.text.startsWith('recursive ');
  return recursive ? { kind: 'literal', text: '[]' } : { kind: 'list', of };
}

function objectShape(text: string, masked: string, again: (part: string) => Shape): Shape {
  // Members end at semicolons, commas or line breaks: all become one separator.
  const inner = masked.slice(1, -1).replace(/[;\n]/g, ',');
  const fields: Field[] = [];
  for (const { text: piece, start } of splitOutside(inner, inner, ',')) {
    const member = text.slice(start + 1, start + 1 + piece.length).trim();
    const maskedMember = piece.trim();
    const index = /^\[\s*\w+\s*:\s*(\w+)\s*\]\s*:/.exec(maskedMember);
    if (index)
      return { kind: 'map', key: again(index[1] as string), of: again(member.slice(index[0].length)) };
    const method = /^(?:readonly\s+)?([\w$]+)\??\s*(?:<[^(]*>)?\(.*\)\s*:?/s.exec(maskedMember);
    const property = /^(?:readonly\s+)?([\w$]+|(['"]).*?\2)(\?)?\s*:/.exec(member);
    if (property) {
      if (property[3]) continue;
      fields.push({
        name: (property[1] as string).replace(/['"]/g, ''),
        shape: again(member.slice(property[0].length)),
      });
    } else if (method) {
      if (!maskedMember.includes('?(')) {
        fields.push({ name: method[1] as string, shape: { kind: 'unknown', text: member } });
      }
    }
  }
  return { kind: 'record', fields };
}

function merged(parts: readonly Shape[]): Shape | undefined {
  const fields = new Map<string, Field>();
  for (const part of parts) {
    if (part.kind !== 'record') return undefined;
    for (const field of part.fields) fields.set(field.name, field);
  }
  return { kind: 'record', fields: [...fields.values()] };
}
