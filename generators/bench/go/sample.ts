import type { Shape } from '../exported-function.ts';
import { sampleText } from '../sample-text.ts';

/** Statements that declare `name` with a sample value of a Go type, and the imports they need. Pure. */
export function goInput(shape: Shape, name: string, type: string, imports: Set<string>): string {
  const tab = '\t';
  const loop = (row: string): string => `${tab}for i := 0; i < 100; i++ {\n${tab}${tab}${row}\n${tab}}\n`;
  if (shape.kind === 'list') {
    const element = value(shape.of, name, imports, 'i');
    return `${tab}${name} := make(${type}, 0, 100)\n${loop(`${name} = append(${name}, ${element})`)}`;
  }
  if (shape.kind === 'map') {
    const element = value(shape.of, name, imports, 'i');
    return `${tab}${name} := make(${type}, 100)\n${loop(`${name}[${mapKey(shape.key, imports)}] = ${element}`)}`;
  }
  // A typed declaration where the constant alone would get another type.
  const plain =
    shape.kind === 'number' ||
    shape.kind === 'string' ||
    shape.kind === 'boolean' ||
    shape.kind === 'literal';
  const sample = value(shape, name, imports);
  return plain && !/^(string|bool|int|float64)$/.test(type)
    ? `${tab}var ${name} ${type} = ${sample}\n`
    : `${tab}${name} := ${sample}\n`;
}

function mapKey(key: Shape, imports: Set<string>): string {
  if (key.kind === 'number') return 'i';
  imports.add('strconv');
  const text = '"key-" + strconv.Itoa(i)';
  return key.kind === 'named' ? `${key.type}(${text})` : text;
}

function value(shape: Shape, name: string, imports: Set<string>, index?: string): string {
  switch (shape.kind) {
    case 'number':
      // Constants fit every numeric type; the running number would need a conversion.
      return shape.float ? '19.5' : '10';
    case 'string':
      if (index === undefined || sampleText(name) !== sampleText('')) return JSON.stringify(sampleText(name));
      imports.add('strconv');
      return `"item " + strconv.Itoa(${index})`;
    case 'boolean':
      return 'true';
    case 'bytes':
      return `[]byte(${JSON.stringify(sampleText(name))})`;
    case 'literal':
      return shape.text;
    case 'expression':
      for (const path of shape.imports) imports.add(path);
      return shape.text;
    case 'named':
      return `${shape.type}(${value(shape.of, shape.type, imports, index)})`;
    case 'list':
      return `[]${shape.type}{${value(shape.of, name, imports, index)}}`;
    case 'map':
      return `${shape.type}{${value(shape.key, 'key', imports)}: ${value(shape.of, name, imports, index)}}`;
    case 'record': {
      const fields = shape.fields.map(
        (field) => `${field.name}: ${value(field.shape, field.name, imports, index)}`,
      );
      return `${shape.type}{${fields.join(', ')}}`;
    }
    default:
      return 'nil';
  }
}
