import type { JsonSchema } from './json-schema.ts';

interface Row {
  readonly name: string;
  readonly type: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** Markdown table of all properties of a schema, nested ones by their path (`commands[].name`). */
export function propertyTable(schema: JsonSchema): string {
  const rows = flatten(schema, '', new Set(schema.required ?? []));
  if (rows.length === 0) return 'None.\n';
  const lines = rows.map(
    ({ name, type, fallback, meaning }) =>
      `| \`${name}\` | ${cell(type)} | ${cell(fallback)} | ${cell(meaning)} |\n`,
  );
  return `| Name | Type | Default | Meaning |\n| --- | --- | --- | --- |\n${lines.join('')}`;
}

function flatten(schema: JsonSchema, prefix: string, required: ReadonlySet<string>): readonly Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]): readonly Row[] => {
    if (key === '$schema') return [];
    const name = `${prefix}${key}`;
    const row: Row = {
      name,
      type: typeOf(property),
      fallback:
        'default' in property
          ? `\`${JSON.stringify(property.default)}\``
          : required.has(key)
            ? 'required'
            : '',
      meaning: property.description ?? '',
    };
    const inner = property.items ?? property;
    const nested = inner.properties
      ? flatten(inner, `${name}${property.items ? '[]' : ''}.`, new Set(inner.required ?? []))
      : [];
    return [row, ...nested];
  });
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(' or ');
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return variants.map(typeOf).join(' or ');
  if (schema.type === 'array') {
    const item = Array.isArray(schema.items) ? undefined : schema.items;
    return item ? `list of ${typeOf(item)}` : 'list';
  }
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object') {
    return `map to ${typeOf(schema.additionalProperties)}`;
  }
  return typeof schema.type === 'string' ? schema.type : 'any';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
}
