import { closing } from '../brackets.ts';

/** A declared type: its right-hand side as text (`{ … }` for an interface). */
export interface TypeSource {
  readonly text: string;
  /** Names of its own type parameters: they stand for anything. */
  readonly typeParameters: readonly string[];
  /** What an interface extends. */
  readonly bases: readonly string[];
}

/** Interfaces and type aliases at the top level of a module. Pure. */
export function scanTypes(text: string, masked: string, depth: Int32Array): ReadonlyMap<string, TypeSource> {
  const types = new Map<string, TypeSource>();
  for (const match of masked.matchAll(/\b(interface|type)\s+([A-Za-z_$][\w$]*)\s*/g)) {
    if (depth[match.index] !== 0) continue;
    const name = match[2] as string;
    let at = match.index + match[0].length;
    let typeParameters: string[] = [];
    if (masked[at] === '<') {
      const end = closing(masked, at);
      if (end < 0) continue;
      typeParameters = text
        .slice(at + 1, end)
        .split(',')
        .map((parameter) => parameter.trim().split(/[\s=]/)[0] ?? '');
      at = end + 1;
    }
    const rest = masked.slice(at);
    if (match[1] === 'interface') {
      const head = /^\s*(?:extends\s+([^{]*))?\{/.exec(rest);
      if (!head) continue;
      const open = at + head[0].length - 1;
      const end = closing(masked, open);
      if (end < 0) continue;
      const bases = (head[1] ?? '')
        .split(',')
        .map((base) => base.trim())
        .filter((base) => base !== '');
      types.set(name, { text: text.slice(open, end + 1), typeParameters, bases });
    } else if (/^\s*=/.test(rest)) {
      const from = at + rest.indexOf('=') + 1;
      types.set(name, {
        text: text.slice(from, aliasEnd(masked, depth, from)).trim(),
        typeParameters,
        bases: [],
      });
    }
  }
  return types;
}

/** A type alias ends at a semicolon, or at a line break after which no operator goes on. */
function aliasEnd(masked: string, depth: Int32Array, from: number): number {
  for (let at = from; at < masked.length; at += 1) {
    if (depth[at] !== 0) continue;
    if (masked[at] === ';') return at;
    if (masked[at] !== '\n') continue;
    const before = masked.slice(from, at).trimEnd();
    const next = masked.slice(at).trimStart();
    if (before !== '' && !/(=>|[|&=:?])$/.test(before) && !/^(=>|[|&?:.=[])/.test(next)) return at;
  }
  return masked.length;
}
