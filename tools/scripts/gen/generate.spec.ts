import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { findDrift, writeArtefacts } from './artefact.ts';
import { readErrorTable } from './error-table.ts';
import { generate } from './generate.ts';
import { capabilitiesOf, foldersWith } from './rooms.ts';

const root = join(import.meta.dirname, '../../..');

describe('generated files', () => {
  it('say what their sources say (npm run gen)', async () => {
    expect(findDrift(root, await generate(root))).toEqual([]);
  });

  it('are schemas that a validator accepts', async () => {
    const artefacts = await generate(root);
    const schemas = artefacts.filter(({ path }) => path.startsWith('schemas/'));
    const ajv = new Ajv({ strict: false });
    for (const { text } of schemas) ajv.compile(JSON.parse(text));
    const config = ajv.getSchema('https://unpkg.com/nx-assay/schemas/bench.schema.json');
    expect(config?.({ $schema: 'x', margin: 0.05 })).toBe(true);
    expect(config?.({ margn: 0.05 })).toBe(false);
  });

  it('are written once: a second run finds nothing to do', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'nx-assay-gen-'));
    try {
      const artefacts = await generate(root);
      expect(writeArtefacts(scratch, artefacts)).toHaveLength(artefacts.length);
      expect(writeArtefacts(scratch, artefacts)).toEqual([]);
      expect(findDrift(scratch, artefacts)).toEqual([]);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});

describe('the error table', () => {
  it('has a message and a remedy in every row', async () => {
    for (const { code, message, remedy } of await readErrorTable(root)) {
      expect(`${code}: ${message}`).toMatch(/: \S+/);
      expect(`${code}: ${remedy}`).toMatch(/: \S+/);
    }
  });
});

describe('conventions', () => {
  it.each(capabilitiesOf(root))('the capability %s is in every room', (name) => {
    const places = [
      `executors/${name}/executor.ts`,
      `executors/${name}/schema.json`,
      `generators/${name}/generator.ts`,
      `generators/${name}/schema.json`,
      `plugins/infer/${name}.ts`,
      `tools/${name}/config.ts`,
      `schemas/${name}.schema.json`,
      `docs/${name}.md`,
      `docs/reference/${name}.md`,
      `e2e/${name}`,
    ];
    expect(places.filter((place) => !existsSync(join(root, place)))).toEqual([]);
  });

  it.each(foldersWith(root, 'tools/harnesses', 'index.ts'))(
    'the harness %s has its own id and tests',
    async (name) => {
      const { default: harness } = await import(`../../harnesses/${name}/index.ts`);
      expect(harness.id).toBe(name);
      expect(foldersWith(root, 'tools/harnesses', 'fixtures').includes(name) || name === 'command').toBe(
        true,
      );
    },
  );

  it.each(foldersWith(root, 'tools/languages', 'index.ts'))(
    'the language %s has its own id',
    async (name) => {
      const { default: language } = await import(`../../languages/${name}/index.ts`);
      expect(language.id).toBe(name);
    },
  );
});
