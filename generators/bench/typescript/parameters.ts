import { splitOutside } from '../brackets.ts';
import type { Parameter, Shape } from '../exported-function.ts';
import { mask } from '../mask.ts';
import { guessKind } from '../sample-text.ts';
import type { FunctionSource } from './module-scan.ts';
import { type ResolveType, typeShape } from './type-shape.ts';

/** Parameters of a function with the shapes of their types: annotations, JSDoc, else what the name suggests. Pure. */
export function readParameters(source: FunctionSource, resolve: ResolveType): readonly Parameter[] {
  const generics = readGenerics(source.typeParameters, resolve);
  const masked = mask(source.parameters, 'typescript');
  return splitOutside(source.parameters, masked, ',')
    .map((piece, index) =>
      readParameter(piece.text, index, source.doc, (type) => typeShape(type, resolve, generics)),
    )
    .filter((parameter) => parameter.name !== 'this');
}

function readParameter(
  text: string,
  index: number,
  doc: string,
  shapeOf: (type: string) => Shape,
): Parameter {
  const clean = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').trim();
  const masked = mask(clean, 'typescript');
  const rest = clean.startsWith('...');
  const colon = outside(masked, ':');
  const equals = outside(masked.replace(/=>|[=!<>]=/g, '  '), '=');
  const nameEnd = [colon, equals]
    .filter((at) => at >= 0)
    .reduce((least, at) => Math.min(least, at), clean.length);
  const written = clean.slice(rest ? 3 : 0, nameEnd).trim();
  const name = /^[\w$]+/.exec(written)?.[0] ?? `input${index + 1}`;
  const annotated = colon >= 0 && (equals < 0 || colon < equals);
  const type = annotated ? clean.slice(colon + 1, equals >= 0 ? equals : undefined) : jsdocType(doc, name);
  return {
    name,
    shape: type === undefined ? guessed(name) : shapeOf(type.replace(/=$/, '')),
    optional: equals >= 0 || written.endsWith('?') || (!annotated && isJsdocOptional(doc, name)),
    keyword: false,
    rest,
  };
}

/** Offset of a character outside brackets, or -1. */
function outside(masked: string, char: string): number {
  const first = splitOutside(masked, masked, char)[0];
  const at = first ? first.start + first.text.length : -1;
  return at >= 0 && at < masked.length ? at : -1;
}

function guessed(name: string): Shape {
  const kind = guessKind(name);
  if (kind === 'number') return { kind: 'number', float: false };
  return kind === 'string' ? { kind: 'string' } : { kind: 'unknown', text: 'no type is declared' };
}

function jsdocType(doc: string, name: string): string | undefined {
  return new RegExp(`@param\\s+\\{([^}]+)\\}\\s+\\[?${escapeRegExp(name)}\\b`)
    .exec(doc)?.[1]
    ?.replace(/^\*$/, 'unknown');
}

function isJsdocOptional(doc: string, name: string): boolean {
  return new RegExp(`@param\\s+(\\{[^}]+=\\}\\s+|\\{[^}]+\\}\\s+\\[)${escapeRegExp(name)}\\b`).test(doc);
}

function escapeRegExp(text: string): string {
  return text.replace(/[$]/g, '\\$&');
}

/** `T extends Item, K = string` → what a sample of T and K may be: the constraint, else a number. */
function readGenerics(text: string, resolve: ResolveType): ReadonlyMap<string, Shape> {
  const generics = new Map<string, Shape>();
  const masked = mask(text, 'typescript');
  for (const { text: parameter } of splitOutside(text, masked, ',')) {
    const match = /^\s*(?:const\s+)?([\w$]+)(?:\s+extends\s+([\s\S]*?))?(?:\s*=\s*([\s\S]*))?$/.exec(
      parameter,
    );
    if (!match) continue;
    const bound = match[2]?.trim();
    const free = bound === undefined || bound === 'unknown' || bound === 'any';
    const keys = bound !== undefined && /^keyof\b|^\(/.test(bound);
    generics.set(
      match[1] as string,
      free
        ? { kind: 'number', float: false }
        : keys
          ? { kind: 'unknown', text: bound }
          : typeShape(bound, resolve, generics),
    );
  }
  return generics;
}
