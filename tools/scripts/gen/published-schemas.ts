import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Artefact, jsonArtefact } from './artefact.ts';
import { inputSchema, type JsonSchema, outputSchema } from './json-schema.ts';
import { camelCase, capabilitiesOf, loadExport } from './rooms.ts';

/** A schema that the package publishes under `schemas/<name>.schema.json`. */
export interface PublishedSchema {
  readonly name: string;
  /** File of the workspace that it describes, for the reference. */
  readonly describes: string;
  readonly schema: JsonSchema;
}

/** Config files of the capabilities, the policy, what is accepted, and the Report. */
export async function readPublished(root: string): Promise<readonly PublishedSchema[]> {
  const published: PublishedSchema[] = [];
  for (const name of capabilitiesOf(root)) {
    const file = `tools/${name}/config.ts`;
    if (!existsSync(join(root, file))) continue;
    const schema = await loadExport<z.ZodType>(root, file, `${camelCase(name)}ConfigSchema`);
    const describes = `{projectRoot}/assay/${name}.json`;
    published.push({ name, describes, schema: titled(inputSchema(schema), name, describes) });
  }
  const policyFile = 'tools/kernel/policy/schema.ts';
  if (existsSync(join(root, policyFile))) {
    const schema = await loadExport<z.ZodType>(root, policyFile, 'policySchema');
    const describes = 'assay/policy.json';
    published.push({ name: 'policy', describes, schema: titled(inputSchema(schema), 'policy', describes) });
  }
  const acceptedFile = 'tools/kernel/waivers/accepted-schema.ts';
  if (existsSync(join(root, acceptedFile))) {
    const schema = await loadExport<z.ZodType>(root, acceptedFile, 'acceptedSchema');
    const describes = '{projectRoot}/assay/accepted.json';
    published.push({
      name: 'accepted',
      describes,
      schema: titled(inputSchema(schema), 'accepted', describes),
    });
  }
  const report = await loadExport<z.ZodType>(root, 'tools/kernel/report/schema.ts', 'reportSchema');
  const describes = '.assay/<capability>/<project>/report.json';
  published.push({ name: 'report', describes, schema: titled(outputSchema(report), 'report', describes) });
  return published;
}

/** The files under `schemas/`. */
export async function publishedSchemas(root: string): Promise<readonly Artefact[]> {
  const published = await readPublished(root);
  return published.map(({ name, schema }) => jsonArtefact(`schemas/${name}.schema.json`, schema));
}

function titled(schema: JsonSchema, name: string, describes: string): JsonSchema {
  const { $schema, title, description, ...rest } = schema;
  return {
    ...($schema === undefined ? {} : { $schema }),
    $id: `https://unpkg.com/nx-assay/schemas/${name}.schema.json`,
    title: title ?? `nx-assay: ${name}`,
    description: description ?? `The file ${describes}.`,
    ...rest,
  };
}
