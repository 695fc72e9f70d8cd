import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Artefact, jsonArtefact } from './artefact.ts';
import { inputSchema, type JsonSchema } from './json-schema.ts';
import { camelCase, foldersWith, loadExport } from './rooms.ts';

/** An executor or generator of ours: folder name and the schema of its options in Nx's form. */
export interface NxEntry {
  readonly name: string;
  readonly schema: JsonSchema;
}

type Room = 'executors' | 'generators';

/** Reads every `<room>/<name>/options.ts`, whose export is `<name>OptionsSchema`. */
export async function readEntries(root: string, room: Room): Promise<readonly NxEntry[]> {
  const names = foldersWith(root, room, 'options.ts');
  return Promise.all(
    names.map(async (name) => {
      const file = `${room}/${name}/options.ts`;
      const schema = await loadExport<z.ZodType>(root, file, `${camelCase(name)}OptionsSchema`);
      return { name, schema: nxForm(name, room, inputSchema(schema)) };
    }),
  );
}

/** `schema.json` of every executor and generator, and the `executors.json` and `generators.json` that list them. */
export async function nxSchemas(root: string): Promise<readonly Artefact[]> {
  const rooms = await Promise.all(
    (['executors', 'generators'] as const).map(async (room) => {
      const entries = await readEntries(root, room);
      const schemas = entries.map(({ name, schema }) => jsonArtefact(`${room}/${name}/schema.json`, schema));
      return [...schemas, jsonArtefact(`${room}.json`, manifest(root, room, entries))];
    }),
  );
  return rooms.flat();
}

function nxForm(name: string, room: Room, schema: JsonSchema): JsonSchema {
  const { $schema: _, title, description, examples, type, ...rest } = schema;
  return {
    $schema: 'https://json-schema.org/schema',
    $id: `nx-assay-${name}-${room === 'executors' ? 'executor' : 'generator'}`,
    ...(room === 'executors' ? { version: 2, outputCapture: 'direct-nodejs' } : {}),
    cli: 'nx',
    title: title ?? name,
    description: description ?? title ?? name,
    ...(examples === undefined ? {} : { examples }),
    type: type ?? 'object',
    ...rest,
    // A mistyped option must not be swallowed: `--updateBaselin` would measure and write nothing.
    additionalProperties: false,
  };
}

/**
 * Implementations are named without an ending and under `dist/`: Nx finds the `.ts` source while it works
 * in this repository and the `.js` file in the installed package.
 */
function manifest(root: string, room: Room, entries: readonly NxEntry[]): unknown {
  const file = room === 'executors' ? 'executor' : 'generator';
  const listed = entries.filter(({ name }) => existsSync(join(root, room, name, `${file}.ts`)));
  return {
    $schema: 'https://json-schema.org/schema',
    [room]: Object.fromEntries(
      listed.map(({ name, schema }) => [
        name,
        {
          [room === 'executors' ? 'implementation' : 'factory']: `./dist/${room}/${name}/${file}`,
          schema: `./${room}/${name}/schema.json`,
          description: schema.description,
        },
      ]),
    ),
  };
}
