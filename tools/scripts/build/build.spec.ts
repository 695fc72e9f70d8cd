import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Metafile, transform } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rewriteEndings, specifiers } from './declarations.ts';
import { findAssets, findEntries } from './entries.ts';
import { declareModuleUrls, moduleUrlDefines } from './keep-module-urls.ts';
import { bundledPackages } from './licences.ts';
import { declareTypes } from './schema-types.ts';
import { filesWithTopLevelAwait, staticClosure } from './top-level-await.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-assay-build-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

describe('entries and assets', () => {
  it('are found by their names; tests, fixtures and scripts are none', () => {
    const names = [
      'plugins/index.ts',
      'plugins/index.spec.ts',
      'executors/bench/executor.ts',
      'executors/bench/options.ts',
      'generators/init/generator.ts',
      'generators/init/schema.json',
      'generators/init/files/a.txt',
      'tools/kernel/report/index.ts',
      'tools/harnesses/go/driver.go.tmpl',
      'tools/harnesses/py/driver.py',
      'tools/harnesses/py/fixtures/x/driver.py',
      'tools/harnesses/vitest/driver-main.ts',
      'tools/scripts/x-main.ts',
      'tools/scripts/scaffold/files/a.md',
    ];
    write(Object.fromEntries(names.map((name) => [name, ''])));
    expect(findEntries(root)).toEqual({
      host: ['executors/bench/executor.ts', 'generators/init/generator.ts', 'plugins/index.ts'],
      exported: ['tools/kernel/report/index.ts'],
      programs: ['tools/harnesses/vitest/driver-main.ts'],
    });
    expect(findAssets(root)).toEqual([
      'generators/init/files/a.txt',
      'tools/harnesses/go/driver.go.tmpl',
      'tools/harnesses/py/driver.py',
    ]);
  });
});

describe('import.meta in a bundle', () => {
  it('means the place of the source under dist/, wherever the code lies', async () => {
    const source = 'export const place = [import.meta.url, import.meta.dirname, import.meta.filename];';
    const declared = declareModuleUrls(source, 'tools/x/index.js');
    const { code } = await transform(declared, { format: 'esm', define: { ...moduleUrlDefines } });
    write({ 'dist/chunks/a.mjs': code });
    const { place } = await import(/* @vite-ignore */ join(root, 'dist/chunks/a.mjs'));
    expect(place[0]).toMatch(/\/dist\/tools\/x\/index\.js$/);
    expect(place[1]).toBe(join(root, 'dist/tools/x'));
    expect(place[2]).toBe(join(root, 'dist/tools/x/index.js'));
  });
});

describe('top-level await', () => {
  it('is found in what an entry loads statically, and nowhere else', async () => {
    write({
      'a.js': "import './b.js'; import('./c.js');",
      'b.js': 'async function f() { await 1; }',
      'c.js': 'await 1;',
    });
    const edge = (path: string, kind: 'import-statement' | 'dynamic-import') => ({ path, kind });
    const none = { bytes: 0, inputs: {}, exports: [] };
    const metafile: Metafile = {
      inputs: {},
      outputs: {
        'a.js': { ...none, imports: [edge('b.js', 'import-statement'), edge('c.js', 'dynamic-import')] },
        'b.js': { ...none, imports: [] },
        'c.js': { ...none, imports: [] },
      },
    };
    expect(staticClosure(metafile, 'a.js')).toEqual(['a.js', 'b.js']);
    expect(await filesWithTopLevelAwait(root, ['a.js', 'b.js'])).toEqual([]);
    expect(await filesWithTopLevelAwait(root, ['a.js', 'b.js', 'c.js'])).toEqual(['c.js']);
  });
});

describe('bundled packages', () => {
  it('are those with bytes in the output', () => {
    const inputs = {
      'node_modules/zod/v4/index.js': { bytesInOutput: 10 },
      'node_modules/@a/b/node_modules/c/x.js': { bytesInOutput: 0 },
      'node_modules/@a/b/x.js': { bytesInOutput: 1 },
      'tools/x.ts': { bytesInOutput: 5 },
    };
    const output = { bytes: 0, inputs, imports: [], exports: [] };
    expect(bundledPackages({ inputs: {}, outputs: { 'dist/a.js': output } })).toEqual(['@a/b', 'zod']);
  });
});

describe('declarations', () => {
  const text = `import type { A } from './a.ts';\nexport { B } from "../b.ts";\nexport declare const c: import('./c.ts').C;\nimport { z } from 'zod';\n`;

  it('name their modules as JavaScript does', () => {
    expect(rewriteEndings(text)).toBe(text.replaceAll('.ts', '.js'));
    expect(specifiers(text)).toEqual(['./a.ts', '../b.ts', './c.ts', 'zod']);
  });

  it('are written from a schema, with named parts by their names', () => {
    const part = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } as const;
    const whole = {
      type: 'object',
      description: 'All of it.',
      properties: {
        parts: { type: 'array', items: part },
        pair: { type: 'array', items: [{ type: 'number' }, { type: 'number' }] },
        'odd name': { enum: ['a', 'b'] },
        map: { type: 'object', additionalProperties: { type: 'integer' } },
      },
      required: ['parts'],
    } as const;
    expect(
      declareTypes([
        { name: 'Part', schema: part },
        { name: 'Whole', schema: whole as never },
      ]),
    ).toMatchInlineSnapshot(`
      "export interface Part {
        id: string;
      }

      /** All of it. */
      export interface Whole {
        parts: Array<Part>;
        pair?: [number, number] | undefined;
        "odd name"?: "a" | "b" | undefined;
        map?: Record<string, number> | undefined;
      }
      "
    `);
  });
});
