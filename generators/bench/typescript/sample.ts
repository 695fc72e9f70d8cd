import type { Field, Parameter, Shape } from '../exported-function.ts';
import { sampleText } from '../sample-text.ts';

const LENGTH = 100;

/** TypeScript source of a sample value for a parameter. `undefined as never` where a human must supply it. Pure. */
export function sampleValue({ name, shape }: Pick<Parameter, 'name' | 'shape'>, typed: boolean): string {
  return value(shape, name, undefined, typed, false);
}

/** @param index name of the running number, inside a list: elements differ by it */
function value(shape: Shape, name: string, index: string | undefined, typed: boolean, nested = true): string {
  const inner = (of: Shape, at = index): string => value(of, name, at, typed);
  switch (shape.kind) {
    case 'number':
      return index === undefined ? (/price|amount|rate|total/i.test(name) ? '19.99' : '10') : `${index} + 1`;
    case 'string':
      return index === undefined || sampleText(name) !== sampleText('')
        ? quote(sampleText(name))
        : `\`item \${${index}}\``;
    case 'boolean':
      return 'true';
    case 'bytes':
      return `new Uint8Array(${LENGTH * 10})`;
    case 'date':
      return "new Date('2024-02-29T12:00:00Z')";
    case 'literal':
      return nested && typed && /^['"]/.test(shape.text) ? `${shape.text} as const` : shape.text;
    case 'expression':
      return shape.text;
    case 'list':
      return list(shape.of, name, index, typed);
    case 'set':
      return `new Set(${list(shape.of, name, index, typed)})`;
    case 'map':
      return map(shape, name, typed);
    case 'tuple':
      return `[${shape.of.map((of) => inner(of)).join(', ')}]`;
    case 'record':
      return record(shape.fields, index, typed);
    case 'callback':
      return `() => ${shape.returns.kind === 'record' ? `(${inner(shape.returns)})` : inner(shape.returns)}`;
    case 'named':
      return `${shape.type}(${inner(shape.of)})`;
    case 'unknown':
      return typed ? 'undefined as never' : 'undefined';
  }
}

function list(of: Shape, name: string, index: string | undefined, typed: boolean): string {
  // A list inside a list stays short: the product is what the benchmark has to go through.
  if (index !== undefined) return `[${value(of, name, index, typed)}]`;
  const element = value(of, name, 'i', typed);
  const uses = /\bi\b/.test(element);
  return `Array.from({ length: ${LENGTH} }, (${uses ? '_, i' : ''}) => ${element.startsWith('{') ? `(${element})` : element})`;
}

function map(shape: Extract<Shape, { kind: 'map' }>, name: string, typed: boolean): string {
  const of = value(shape.of, name, undefined, typed);
  const key = shape.key.kind === 'literal' ? shape.key.text : shape.key.kind === 'number' ? '1' : "'a'";
  return shape.type === 'Map' ? `new Map([[${key}, ${of}]])` : `{ ${key.replace(/^'(\w+)'$/, '$1')}: ${of} }`;
}

function record(fields: readonly Field[], index: string | undefined, typed: boolean): string {
  if (fields.length === 0) return '{}';
  const rows = fields.map(
    ({ name, shape }) =>
      `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)}: ${value(shape, name, index, typed)}`,
  );
  return `{ ${rows.join(', ')} }`;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}
