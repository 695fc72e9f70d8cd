import type { Field, Shape } from '../exported-function.ts';

const MAX_DEPTH = 10;
const integers = /^(u?int(8|16|32|64)?|byte|rune|uintptr)$/;

const known: Readonly<Record<string, Shape>> = {
  string: { kind: 'string' },
  bool: { kind: 'boolean' },
  float32: { kind: 'number', float: true },
  float64: { kind: 'number', float: true },
  error: { kind: 'literal', text: 'nil' },
  'context.Context': { kind: 'expression', text: 'context.Background()', imports: ['context'] },
  'time.Duration': { kind: 'expression', text: 'time.Second', imports: ['time'] },
  'time.Time': {
    kind: 'expression',
    text: 'time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)',
    imports: ['time'],
  },
  'big.Int': { kind: 'expression', text: '*big.NewInt(42)', imports: ['math/big'] },
  '*big.Int': { kind: 'expression', text: 'big.NewInt(42)', imports: ['math/big'] },
  'json.RawMessage': { kind: 'expression', text: 'json.RawMessage(`{"id": 1}`)', imports: ['encoding/json'] },
};

/**
 * What a value of a Go type looks like; named types are those of the package. A reader or a channel is
 * `unknown`: the first call would use it up. Pure.
 */
export function goShape(type: string, types: ReadonlyMap<string, string>, depth = 0): Shape {
  const text = type.trim();
  const unknown: Shape = { kind: 'unknown', text: text.replace(/\s+/g, ' ') };
  if (depth > MAX_DEPTH || text === '') return unknown;
  const again = (part: string): Shape => goShape(part, types, depth + 1);
  if (Object.hasOwn(known, text)) return known[text] as Shape;
  if (integers.test(text)) return { kind: 'number', float: false };
  if (text === '[]byte') return { kind: 'bytes' };
  const list = /^\[(\d*)\](.+)$/s.exec(text);
  if (list) {
    const element = (list[2] as string).trim();
    return list[1] === '' ? { kind: 'list', of: again(element), type: element } : unknown;
  }
  const map = /^map\[(\w+)\](.+)$/s.exec(text);
  if (map) return { kind: 'map', key: again(map[1] as string), of: again(map[2] as string), type: text };
  if (text.startsWith('*')) {
    const target = again(text.slice(1));
    return target.kind === 'record' ? { ...target, type: `&${target.type}` } : unknown;
  }
  const source = /^[\p{L}_][\p{L}\d_]*$/u.test(text) ? types.get(text) : undefined;
  if (source === undefined) return unknown;
  // A type within itself has no sample; as a field it keeps its zero value.
  const others = new Map([...types].filter(([name]) => name !== text));
  const inside = (part: string): Shape => goShape(part, others, depth + 1);
  const struct = /^struct\s*\{([\s\S]*)\}$/.exec(source);
  if (struct) return { kind: 'record', type: text, fields: structFields(struct[1] as string, inside) };
  return { kind: 'named', type: text, of: inside(source) };
}

/** Fields of a struct that a sample can fill; the others keep their zero value, as Go allows. */
function structFields(body: string, shapeOf: (type: string) => Shape): readonly Field[] {
  return body.split(/[\n;]/).flatMap((line): readonly Field[] => {
    const match =
      /^\s*([\p{L}_][\p{L}\d_]*(?:\s*,\s*[\p{L}_][\p{L}\d_]*)*)\s+([^\s`"][^`"]*?)\s*[`"]?\s*[`"]?\s*$/u.exec(
        line,
      );
    // A pointer is usually a link to something else: nil is what a fresh value has.
    if (!match || (match[2] as string).startsWith('*')) return [];
    const shape = shapeOf(match[2] as string);
    if (shape.kind === 'unknown' || shape.kind === 'callback') return [];
    return (match[1] as string).split(',').map((name) => ({ name: name.trim(), shape }));
  });
}

/** What a type parameter may stand for: a number where its constraint allows one. Pure. */
export function genericType(constraint: string): string | undefined {
  if (
    /^(any|comparable|interface\s*\{\s*\}|(\w+\.)?(Ordered|Integer|Signed|Number|Numeric|Real))$/.test(
      constraint,
    )
  )
    return 'int';
  const first = constraint.split('|')[0]?.trim().replace(/^~/, '') ?? '';
  return integers.test(first) || /^(string|float(32|64))$/.test(first) ? first : undefined;
}
