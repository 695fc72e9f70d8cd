import type { Shape } from '../exported-function.ts';
import { sampleText } from '../sample-text.ts';

/** An expression of an owned value of this shape; `i` counts in what repeats. Pure. */
export function rustValue(shape: Shape, name: string, type: string, index?: string): string {
  const plain = type.trim().replace(/^&\s*(?:'\w+\s+)?/, '');
  switch (shape.kind) {
    case 'number':
      if (shape.float)
        return index === undefined ? '19.5' : `${index} as ${/f32|f64/.exec(plain)?.[0] ?? 'f64'} * 0.5`;
      return index === undefined
        ? '10'
        : /^[ui](8|16|32|64|128|size)$/.test(plain)
          ? `${index} as ${plain}`
          : index;
    case 'string':
      return stringValue(name, type, index);
    case 'boolean':
      return 'true';
    case 'bytes':
      return `b${JSON.stringify(sampleText(name))}.to_vec()`;
    case 'literal':
    case 'expression':
      return shape.text;
    case 'named':
      return `${shape.type}(${rustValue(shape.of, name, innerType(plain), index)})`;
    case 'list':
      return repeated(rustValue(shape.of, name, shape.type ?? '', 'i'), 'Vec<_>');
    case 'set':
      return repeated(rustValue(shape.of, name, innerType(plain), 'i'), `std::collections::${shape.type}<_>`);
    case 'map': {
      const [key = '', value = ''] = innerTypes(plain);
      const pair = `(${rustValue(shape.key, 'key', key, 'i')}, ${rustValue(shape.of, name, value, 'i')})`;
      return repeated(pair, `std::collections::${shape.type}<_, _>`);
    }
    case 'tuple': {
      const types = innerTypes(plain);
      return `(${shape.of.map((of, at) => rustValue(of, name, types[at] ?? '', index)).join(', ')})`;
    }
    case 'record': {
      const fields = shape.fields.map(
        ({ name: field, shape: of }) => `${field}: ${rustValue(of, field, typeFor(of), index)}`,
      );
      return `${shape.type} { ${fields.join(', ')} }`;
    }
    default:
      return 'todo!()';
  }
}

/** A hundred of a value, which may count in `i`. */
function repeated(value: string, collection: string): string {
  const counts = /\bi\b/.test(value.replace(/"(?:\\.|[^"\\{]|\{(?!i\}))*"/g, ''));
  return `(0..100).map(|${counts ? 'i' : '_'}| ${value}).collect::<${collection}>()`;
}

/** A borrowed text stays as it is written; where many are wanted, they may be equal. */
function stringValue(name: string, type: string, index: string | undefined): string {
  const text = JSON.stringify(sampleText(name));
  if (/^&.*\bstr$/.test(type.trim())) return text;
  return index === undefined ? `${text}.to_string()` : `format!("item {${index}}")`;
}

function typeFor(shape: Shape): string {
  return shape.kind === 'string' ? 'String' : '';
}

function innerType(type: string): string {
  return innerTypes(type)[0] ?? '';
}

function innerTypes(type: string): readonly string[] {
  const inner = /[<(](.*)[>)]$/s.exec(type)?.[1] ?? '';
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= inner.length; at += 1) {
    const char = inner[at];
    if (char === '<' || char === '(') depth += 1;
    else if (char === '>' || char === ')') depth -= 1;
    else if (char === undefined || (char === ',' && depth === 0)) {
      parts.push(inner.slice(start, at).trim());
      start = at + 1;
    }
  }
  return parts.filter((part) => part !== '');
}
