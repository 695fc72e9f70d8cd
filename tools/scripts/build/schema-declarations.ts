import { pluginOptionsSchema } from '../../../plugins/options.ts';
import { reportSchema } from '../../kernel/report/schema.ts';
import { inputSchema, type JsonSchema, outputSchema } from '../gen/json-schema.ts';
import { declareTypes } from './schema-types.ts';

const validator = `
/** A validator: what is used of a zod schema. */
export interface Validator<T> {
  /** @throws Error listing what does not fit */
  parse(value: unknown): T;
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: Error };
}
`;

/** Declarations that stand in for `plugins/options.d.ts`. */
export function pluginOptionsDeclarations(): string {
  const types = declareTypes([{ name: 'PluginOptions', schema: inputSchema(pluginOptionsSchema) }]);
  return `${types}${validator}export declare const pluginOptionsSchema: Validator<PluginOptions>;\n`;
}

/**
 * Declarations that stand in for `tools/kernel/report/schema.d.ts`: plain interfaces, made from the schema,
 * in place of types that would need zod at the reader's.
 */
export function reportDeclarations(): string {
  const report = outputSchema(reportSchema);
  const part = (...path: string[]): JsonSchema => {
    const found = path.reduce<unknown>(
      (at, key) => (at as Record<string, unknown> | undefined)?.[key],
      report,
    );
    if (!found) throw new Error(`The Report's schema has no ${path.join('.')}.`);
    return found as JsonSchema;
  };
  const metric = part('properties', 'metrics', 'items');
  const types = declareTypes([
    {
      name: 'Comparison',
      schema: part('properties', 'metrics', 'items', 'properties', 'comparisons', 'items'),
    },
    { name: 'Metric', schema: metric },
    { name: 'Subject', schema: part('properties', 'subjects', 'items') },
    { name: 'Finding', schema: part('properties', 'findings', 'items') },
    { name: 'Exhibit', schema: part('properties', 'exhibits', 'items') },
    { name: 'Environment', schema: part('properties', 'environment') },
    { name: 'Report', schema: report },
  ]);
  return `${types}${validator}export declare const REPORT_SCHEMA_ID: ${JSON.stringify(part('properties', 'schema').const)};
export declare const reportSchema: Validator<Report>;
export declare const environmentSchema: Validator<Environment>;
export declare const comparisonVerdict: Validator<Comparison['verdict']>;
`;
}
