import type { JsonSchema } from '../gen/json-schema.ts';

/** A type to declare: its name and the schema that it follows. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: JsonSchema;
}

/**
 * TypeScript interfaces for JSON Schemas: what consumers see instead of zod's types, so that the
 * declarations need no package that ours bundles. Where a part equals another named schema, its name is used.
 */
export function declareTypes(named: readonly NamedSchema[]): string {
  const names = new Map(named.map(({ name, schema }) => [fingerprint(schema), name]));
  return named
    .map(
      ({ name, schema }) =>
        `${comment(schema, '')}export interface ${name} ${objectType(schema, names, '')}\n`,
    )
    .join('\n');
}

function typeOf(schema: JsonSchema, names: ReadonlyMap<string, string>, indent: string): string {
  const name = names.get(fingerprint(schema));
  if (name) return name;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return variants.map((variant) => typeOf(variant, names, indent)).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return arrayType(schema, names, indent);
    case 'object':
      return schema.properties ? objectType(schema, names, indent) : recordType(schema, names, indent);
    default:
      return 'unknown';
  }
}

function arrayType(schema: JsonSchema, names: ReadonlyMap<string, string>, indent: string): string {
  const items: unknown = schema.prefixItems ?? schema.items;
  if (Array.isArray(items)) {
    return `[${(items as JsonSchema[]).map((item) => typeOf(item, names, indent)).join(', ')}]`;
  }
  return `Array<${items ? typeOf(items as JsonSchema, names, indent) : 'unknown'}>`;
}

function recordType(schema: JsonSchema, names: ReadonlyMap<string, string>, indent: string): string {
  const value = schema.additionalProperties;
  return `Record<string, ${typeof value === 'object' ? typeOf(value, names, indent) : 'unknown'}>`;
}

function objectType(schema: JsonSchema, names: ReadonlyMap<string, string>, indent: string): string {
  const required = new Set(schema.required ?? []);
  const inner = `${indent}  `;
  const lines = Object.entries(schema.properties ?? {}).map(([key, property]) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    // Optional fields may be spelled out as undefined, as zod's own types allow.
    const optional = required.has(key) ? ': ' : '?: ';
    const type = typeOf(property, names, inner);
    return `${comment(property, inner)}${inner}${name}${optional}${type}${required.has(key) ? '' : ' | undefined'};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

function comment(schema: JsonSchema, indent: string): string {
  return schema.description ? `${indent}/** ${schema.description.replaceAll('*/', '* /')} */\n` : '';
}

function fingerprint(schema: JsonSchema): string {
  const { description: _, $schema: __, $id: ___, title: ____, default: _____, ...shape } = schema;
  return JSON.stringify(shape);
}
