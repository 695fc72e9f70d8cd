import { splitOutside } from '../brackets.ts';
import type { Field, Shape } from '../exported-function.ts';
import { mask } from '../mask.ts';
import { importedModule, type NamedModule } from './packages.ts';

const MAX_DEPTH = 10;

const plain: Readonly<Record<string, Shape>> = {
  int: { kind: 'number', float: false },
  float: { kind: 'number', float: true },
  complex: { kind: 'literal', text: 'complex(1, 2)' },
  str: { kind: 'string' },
  bool: { kind: 'boolean' },
  bytes: { kind: 'bytes' },
  bytearray: { kind: 'literal', text: 'bytearray(1000)' },
  None: { kind: 'literal', text: 'None' },
  object: { kind: 'literal', text: 'object()' },
  list: { kind: 'list', of: { kind: 'number', float: false } },
  tuple: { kind: 'tuple', of: [] },
  dict: { kind: 'map', key: { kind: 'string' }, of: { kind: 'number', float: false } },
  set: { kind: 'set', of: { kind: 'number', float: false } },
  Decimal: { kind: 'expression', text: 'Decimal("19.99")', imports: ['from decimal import Decimal'] },
  Fraction: { kind: 'expression', text: 'Fraction(1, 3)', imports: ['from fractions import Fraction'] },
  date: { kind: 'expression', text: 'date(2024, 2, 29)', imports: ['from datetime import date'] },
  datetime: {
    kind: 'expression',
    text: 'datetime(2024, 2, 29, 12)',
    imports: ['from datetime import datetime'],
  },
  timedelta: { kind: 'expression', text: 'timedelta(hours=1)', imports: ['from datetime import timedelta'] },
  UUID: { kind: 'expression', text: 'UUID(int=1)', imports: ['from uuid import UUID'] },
};

/** What a value of a Python annotation looks like, with the project's own records and enums resolved. Pure. */
export function pythonShape(
  annotation: string,
  module: NamedModule,
  modules: readonly NamedModule[],
  depth = 0,
): Shape {
  const unknown: Shape = { kind: 'unknown', text: annotation.trim() };
  const text = annotation
    .trim()
    .replace(/^(['"])(.*)\1$/s, '$2')
    .replace(/^(typing|t|datetime|dt|decimal|uuid|collections\.abc|abc)\./, '')
    .trim();
  if (depth > MAX_DEPTH || text === '') return unknown;
  const again = (part: string): Shape => pythonShape(part, module, modules, depth + 1);
  const own = declared(text, module, modules, depth);
  if (own) return own;
  const known = Object.hasOwn(plain, text) ? plain[text] : undefined;
  if (known) return known;
  const masked = mask(text, 'python');
  const union = splitOutside(text, masked, '|').map((piece) => piece.text.trim());
  if (union.length > 1) return again(union.find((part) => part !== 'None') ?? 'None');
  const generic = /^([\w.]+)\s*\[(.*)\]$/s.exec(text);
  if (!generic)
    return /^(List|Sequence|Iterable|Dict|Mapping|Set)$/.test(text)
      ? again(
          text
            .toLowerCase()
            .replace(/sequence|iterable/, 'list')
            .replace('mapping', 'dict'),
        )
      : unknown;
  const inner = text.indexOf('[') + 1;
  const args = splitOutside(text.slice(inner, -1), masked.slice(inner, -1), ',').map((piece) =>
    piece.text.trim(),
  );
  const [first = '', second = ''] = args;
  switch ((generic[1] as string).replace(/^.*\./, '').toLowerCase()) {
    case 'list':
    case 'sequence':
    case 'iterable':
    case 'collection':
    case 'mutablesequence':
      return { kind: 'list', of: again(first) };
    case 'iterator':
      return unknown; // exhausted by the first call
    case 'set':
    case 'frozenset':
    case 'abstractset':
      return { kind: 'set', of: again(first) };
    case 'dict':
    case 'mapping':
    case 'mutablemapping':
    case 'defaultdict':
      return { kind: 'map', key: again(first), of: again(second) };
    case 'tuple':
      return second === '...'
        ? { kind: 'list', of: again(first), type: 'tuple' }
        : { kind: 'tuple', of: args.map(again) };
    case 'optional':
    case 'annotated':
    case 'final':
      return again(first);
    case 'union':
      return again(args.find((part) => part !== 'None') ?? 'None');
    case 'literal':
      return { kind: 'literal', text: first };
    case 'callable':
      return { kind: 'callback', returns: again(args.at(-1) ?? 'None') };
    default:
      return unknown;
  }
}

function declared(
  text: string,
  module: NamedModule,
  modules: readonly NamedModule[],
  depth: number,
): Shape | undefined {
  if (!/^\w+$/.test(text)) return undefined;
  const found = find(text, module, modules, 0);
  if (!found) return undefined;
  const { scan, name: from } = found.module;
  const record = scan.records.get(found.name);
  const imports = [`from ${from} import ${found.name}`];
  if (record) {
    const fields = record.fields.map(
      ({ name, type }): Field => ({ name, shape: pythonShape(type, found.module, modules, depth + 1) }),
    );
    return { kind: 'record', type: found.name, module: from, fields };
  }
  const member = scan.enums.get(found.name);
  if (member) return { kind: 'expression', text: `${found.name}.${member}`, imports };
  const alias = scan.aliases.get(found.name);
  return alias === undefined ? undefined : pythonShape(alias, found.module, modules, depth + 1);
}

function find(
  name: string,
  module: NamedModule,
  modules: readonly NamedModule[],
  depth: number,
): { readonly module: NamedModule; readonly name: string } | undefined {
  const { records, enums, aliases, imports } = module.scan;
  if (records.has(name) || enums.has(name) || aliases.has(name)) return { module, name };
  const imported = imports.get(name);
  const target = imported && importedModule(modules, module, imported.from);
  return target && depth < MAX_DEPTH ? find(imported.name, target, modules, depth + 1) : undefined;
}
