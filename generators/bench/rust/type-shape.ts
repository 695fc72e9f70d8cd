import { splitOutside } from '../brackets.ts';
import type { Shape } from '../exported-function.ts';
import type { RustFile } from './module-scan.ts';

const integers = /^(?:[ui](?:8|16|32|64|128|size))$/;

/** What there is to know beside a type's own text. */
export interface TypesAround {
  readonly scan: RustFile;
  readonly generics: ReadonlyMap<string, string>;
  /** How the benchmark names a type of the function's own module. */
  readonly named: (type: string) => string;
}

/**
 * What an owned value of a Rust type looks like; references are those of their values. What would be used up or
 * changed by a call (`&mut`, readers, closures) is `unknown`. Pure.
 */
export function rustShape(type: string, around: TypesAround, depth = 0): Shape {
  const text = type
    .trim()
    .replace(/^&\s*(?:'\w+\s+)?(?!mut\b)/, '')
    .trim();
  const unknown: Shape = { kind: 'unknown', text: type };
  if (depth > 8 || text === '' || /^(?:&|\*|dyn\b|fn\b|mut\b)/.test(text)) return unknown;
  const again = (part: string): Shape => rustShape(part, around, depth + 1);
  const bound = around.generics.get(text) ?? (/^impl\s+(.+)$/.exec(text)?.[1] as string | undefined);
  if (bound !== undefined) return boundShape(bound, again) ?? unknown;
  if (integers.test(text)) return { kind: 'number', float: false };
  if (/^f(?:32|64)$/.test(text)) return { kind: 'number', float: true };
  if (text === 'bool') return { kind: 'boolean' };
  if (text === 'char') return { kind: 'literal', text: "'a'" };
  if (text === 'str' || text === 'String') return { kind: 'string' };
  if (/^(?:std::time::)?Duration$/.test(text)) {
    return { kind: 'expression', text: 'std::time::Duration::from_millis(10)', imports: [] };
  }
  if (/^(?:\[u8\]|Vec<u8>)$/.test(text)) return { kind: 'bytes' };
  const slice = /^\[([^;]+)\]$/.exec(text)?.[1] ?? /^Vec<(.+)>$/s.exec(text)?.[1];
  if (slice !== undefined) return { kind: 'list', of: again(slice), type: slice };
  const holder = /^(?:std::collections::)?(HashMap|BTreeMap|HashSet|BTreeSet|Option)<(.+)>$/s.exec(text);
  if (holder) return holderShape(holder[1] as string, split(holder[2] as string), again) ?? unknown;
  const tuple = /^\((.+)\)$/s.exec(text)?.[1];
  if (tuple !== undefined) return { kind: 'tuple', of: split(tuple).map(again) };
  return namedShape(text, around, depth) ?? unknown;
}

function holderShape(
  name: string,
  inner: readonly string[],
  again: (part: string) => Shape,
): Shape | undefined {
  const [first = '', second = ''] = inner;
  switch (name) {
    case 'HashMap':
    case 'BTreeMap':
      return inner.length === 2
        ? { kind: 'map', key: again(first), of: again(second), type: name }
        : undefined;
    case 'HashSet':
    case 'BTreeSet':
      return inner.length === 1 ? { kind: 'set', of: again(first), type: name } : undefined;
    default:
      return { kind: 'named', type: 'Some', of: again(first) };
  }
}

/** A type of the function's own file. */
function namedShape(text: string, around: TypesAround, depth: number): Shape | undefined {
  const fields = around.scan.structs.get(text);
  if (fields !== undefined) {
    const shapes = fields.map(({ name, type }) => ({
      name,
      // A reference in a field needs something that outlives it.
      shape:
        type.startsWith('&') && !/^&'static str$/.test(type)
          ? ({ kind: 'unknown', text: type } as const)
          : rustShape(type, around, depth + 1),
    }));
    return { kind: 'record', type: around.named(text), fields: shapes };
  }
  const variant = around.scan.enums.get(text);
  return variant === undefined ? undefined : { kind: 'literal', text: `${around.named(text)}::${variant}` };
}

/** A type that fits the bounds of a type parameter. */
function boundShape(bound: string, again: (part: string) => Shape): Shape | undefined {
  const bounds = bound
    .split('+')
    .map((part) => part.trim())
    .filter((part) => !part.startsWith("'"));
  const asks = (pattern: RegExp): boolean => bounds.some((part) => pattern.test(part));
  if (
    asks(
      /^(?:AsRef|Borrow)<str>$|^Into<(?:String|Cow<.*>)>$|^(?:std::string::)?ToString$|^(?:fmt::)?Display$/,
    )
  ) {
    return { kind: 'string' };
  }
  if (asks(/^AsRef<\[u8\]>$/)) return { kind: 'bytes' };
  const items = bounds
    .map((part) => /^(?:Into)?Iterator<Item\s*=\s*(.+)>$/.exec(part)?.[1])
    .find((item) => item);
  if (items !== undefined && bounds.every((part) => part.startsWith('IntoIterator') || part === 'Clone')) {
    return items.startsWith('&') ? undefined : { kind: 'list', of: again(items), type: items };
  }
  const numeric = /^(?:Copy|Clone|Ord|PartialOrd|Eq|PartialEq|Hash|Debug|Default|Send|Sync|Sized)$/;
  return bounds.length > 0 && bounds.every((part) => numeric.test(part.replace(/^.*::/, '')))
    ? { kind: 'number', float: false }
    : undefined;
}

function split(list: string): readonly string[] {
  return splitOutside(list, list, ',').map((piece) => piece.text.trim());
}
