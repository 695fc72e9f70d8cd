import type { Shape } from '../exported-function.ts';
import { sampleText } from '../sample-text.ts';

/**
 * Statements that give a field a sample value of a Java type, indented by eight, and the imports they need. Pure.
 *
 * @param type as it is declared
 */
export function javaInput(
  shape: Shape,
  field: string,
  name: string,
  type: string,
  imports: Set<string>,
): string {
  const fill = (row: string): string => `        for (int i = 0; i < 100; i++) ${row}\n`;
  switch (shape.kind) {
    case 'list':
    case 'set': {
      const made = shape.kind === 'list' ? 'ArrayList' : 'LinkedHashSet';
      const of = elementOf(type);
      const element =
        shape.kind === 'set'
          ? distinct(shape.of, name, of, imports)
          : value(shape.of, name, of, imports, 'i');
      const local = concrete(type, made, imports);
      return `        ${local} ${name}Sample = new ${made}<>();\n${fill(`${name}Sample.add(${element});`)}        ${field} = ${name}Sample;\n`;
    }
    case 'map': {
      const local = concrete(type, 'LinkedHashMap', imports);
      const key = distinct(shape.key, 'key', elementOf(type), imports);
      const of = value(shape.of, name, elementOf(type, 1), imports, 'i');
      return `        ${local} ${name}Sample = new LinkedHashMap<>();\n${fill(`${name}Sample.put(${key}, ${of});`)}        ${field} = ${name}Sample;\n`;
    }
    case 'tuple': {
      const element = type.replace(/\s*(?:\[\s*\]|\.\.\.)$/, '');
      return `        ${field} = new ${element}[100];\n${fill(`${field}[i] = ${value(shape.of[0] as Shape, name, element, imports, 'i')};`)}`;
    }
    default:
      return `        ${field} = ${value(shape, name, type, imports)};\n`;
  }
}

/** `Iterable<? extends Number>` → `ArrayList<Number>`. */
function concrete(type: string, made: string, imports: Set<string>): string {
  imports.add(`java.util.${made}`);
  const inner = type.slice(type.indexOf('<') + 1, type.lastIndexOf('>'));
  return `${made}<${inner.replace(/\?\s*(?:extends|super)\s+/g, '').replace(/\?/g, 'Object')}>`;
}

/** A value that differs from round to round: keys and members of sets. */
function distinct(shape: Shape, name: string, type: string, imports: Set<string>): string {
  if (shape.kind === 'string') return `"${name.replace(/\W/g, '')}-" + i`;
  return type === 'Character' ? "(char) ('a' + i)" : value(shape, name, type, imports, 'i');
}

function elementOf(type: string, at = 0): string {
  const inner = type.slice(type.indexOf('<') + 1, type.lastIndexOf('>'));
  let depth = 0;
  const parts = [''];
  for (const char of inner) {
    if (char === '<') depth++;
    if (char === '>') depth--;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return (parts[at] ?? '').trim().replace(/^\?\s*(?:(?:extends|super)\s+)?/, '') || 'Object';
}

function value(shape: Shape, name: string, type: string, imports: Set<string>, index?: string): string {
  switch (shape.kind) {
    case 'number':
      return numeral(type, shape.float, index);
    case 'string':
      return index === undefined || sampleText(name) !== sampleText('')
        ? JSON.stringify(sampleText(name))
        : `"item " + ${index}`;
    case 'boolean':
      return 'true';
    case 'bytes':
      imports.add('java.nio.charset.StandardCharsets');
      return `${JSON.stringify(sampleText(name))}.getBytes(StandardCharsets.UTF_8)`;
    case 'expression':
      for (const each of shape.imports) imports.add(each);
      return shape.text;
    case 'list':
      imports.add('java.util.Collections');
      return `Collections.singletonList(${value(shape.of, name, elementOf(type), imports, index)})`;
    case 'set':
      imports.add('java.util.Collections');
      return `Collections.singleton(${value(shape.of, name, elementOf(type), imports, index)})`;
    case 'map':
      imports.add('java.util.Collections');
      return `Collections.singletonMap(${value(shape.key, 'key', elementOf(type), imports, index)}, ${value(shape.of, name, elementOf(type, 1), imports, index)})`;
    case 'named':
      return value(shape.of, name, shape.type, imports, index);
    case 'record': {
      const parts = shape.fields.map(({ name: part, shape: of }) => value(of, part, '', imports, index));
      return `new ${shape.type}(${parts.join(', ')})`;
    }
    case 'tuple':
      return `new ${type.replace(/\s*(?:\[\s*\]|\.\.\.)$/, '')}[] {${value(shape.of[0] as Shape, name, type.replace(/\s*(?:\[\s*\]|\.\.\.)$/, ''), imports, index)}}`;
    default:
      return 'null';
  }
}

/** A number of exactly this type: Java boxes `10` to an Integer and to nothing else. */
function numeral(type: string, float: boolean, index: string | undefined): string {
  const whole = index === undefined ? '10' : `${index} + 1`;
  switch (type) {
    case 'long':
    case 'Long':
      return index === undefined ? '10L' : `${index} + 1L`;
    case 'byte':
    case 'Byte':
      return `(byte) ${index === undefined ? '10' : `(${whole})`}`;
    case 'short':
    case 'Short':
      return `(short) ${index === undefined ? '10' : `(${whole})`}`;
    case 'char':
      return "'a'";
    case 'float':
    case 'Float':
      return index === undefined ? '19.5f' : `${index} + 0.5f`;
    default:
      return float ? (index === undefined ? '19.5' : `${index} + 0.5`) : whole;
  }
}
