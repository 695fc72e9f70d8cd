import { splitOutside } from '../brackets.ts';
import type { Shape } from '../exported-function.ts';
import type { JavaType } from './class-scan.ts';

const MAX_DEPTH = 8;

const number = (float: boolean): Shape => ({ kind: 'number', float });
const expression = (text: string, ...imports: string[]): Shape => ({ kind: 'expression', text, imports });

const known: Readonly<Record<string, Shape>> = {
  ...Object.fromEntries(
    ['byte', 'short', 'int', 'long', 'char', 'Byte', 'Short', 'Integer', 'Long'].map((name) => [
      name,
      number(false),
    ]),
  ),
  ...Object.fromEntries(['float', 'double', 'Float', 'Double'].map((name) => [name, number(true)])),
  boolean: { kind: 'boolean' },
  Boolean: { kind: 'boolean' },
  String: { kind: 'string' },
  CharSequence: { kind: 'string' },
  Object: { kind: 'string' },
  Number: { kind: 'number', float: false },
  'byte[]': { kind: 'bytes' },
  Character: expression("'a'"),
  BigDecimal: expression('new BigDecimal("19.99")', 'java.math.BigDecimal'),
  BigInteger: expression('BigInteger.valueOf(42)', 'java.math.BigInteger'),
  Instant: expression('Instant.parse("2024-02-29T12:30:00Z")', 'java.time.Instant'),
  LocalDate: expression('LocalDate.of(2024, 2, 29)', 'java.time.LocalDate'),
  LocalDateTime: expression('LocalDateTime.of(2024, 2, 29, 12, 30)', 'java.time.LocalDateTime'),
  Duration: expression('Duration.ofSeconds(90)', 'java.time.Duration'),
  Locale: expression('Locale.ENGLISH', 'java.util.Locale'),
  UUID: expression('new UUID(1, 2)', 'java.util.UUID'),
  Pattern: expression('Pattern.compile("a+b")', 'java.util.regex.Pattern'),
};

const lists = new Set(['List', 'Collection', 'Iterable', 'ArrayList']);
const sets = new Set(['Set', 'HashSet', 'LinkedHashSet']);
const maps = new Set(['Map', 'HashMap', 'LinkedHashMap']);

/**
 * What a value of a Java type looks like; `types` are those of the project in reach. A stream or a reader is
 * `unknown`: the first call would use it up. Pure.
 */
export function javaShape(type: string, types: ReadonlyMap<string, JavaType>, depth = 0): Shape {
  const text = type.trim().replace(/^\?\s*(?:(?:extends|super)\s+)?/, '') || 'Object';
  const unknown: Shape = { kind: 'unknown', text };
  if (depth > MAX_DEPTH) return unknown;
  const again = (part: string): Shape => javaShape(part, types, depth + 1);
  const plain = text.replace(/^java\.(?:lang|util|math|time)\.(?=[A-Z])/, '');
  if (Object.hasOwn(known, plain)) return known[plain] as Shape;
  const array = /^([\s\S]+?)\s*(?:\[\s*\]|\.\.\.)$/.exec(plain);
  if (array)
    return /\]$|>$/.test(array[1] as string) ? unknown : { kind: 'tuple', of: [again(array[1] as string)] };
  const generic = /^([\w.$]+)\s*<([\s\S]+)>$/.exec(plain);
  if (generic) {
    const inner = generic[2] as string;
    const parts = splitOutside(inner, inner, ',').map((piece) => piece.text.trim());
    const name = generic[1] as string;
    if (lists.has(name) && parts.length === 1)
      return { kind: 'list', of: again(parts[0] as string), type: name };
    if (sets.has(name) && parts.length === 1)
      return { kind: 'set', of: again(parts[0] as string), type: name };
    if (maps.has(name) && parts.length === 2) {
      return { kind: 'map', key: again(parts[0] as string), of: again(parts[1] as string), type: name };
    }
    if (name === 'Optional') {
      const of = again(inner);
      return of.kind === 'string' ? expression('Optional.of("A-0001")', 'java.util.Optional') : unknown;
    }
    return unknown;
  }
  const own = types.get(plain);
  if (own?.kind === 'enum' && own.parts[0]) return expression(`${own.qualified}.${own.parts[0].name}`);
  if (own?.kind !== 'record' || own.parts.length === 0) return unknown;
  const others = new Map([...types].filter(([name]) => name !== plain));
  return {
    kind: 'record',
    type: own.qualified,
    fields: own.parts.map((part) => ({
      name: part.name,
      // What a literal must look like depends on the type that is declared.
      shape: { kind: 'named', type: part.type, of: javaShape(part.type, others, depth + 1) },
    })),
  };
}
