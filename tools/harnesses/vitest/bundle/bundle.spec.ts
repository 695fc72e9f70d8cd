import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProcess } from '../../../kernel/process/run.ts';
import { contaminating } from '../../../languages/contamination.ts';
import typescript from '../../../languages/typescript/index.ts';
import type { Side } from '../../harness.ts';
import { bundleBenchmark } from './bundle.ts';

let root: string;
let head: Side;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "assay bundle's ")));
  head = side('head', 'head');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const BENCH = 'packages/app/src/a.bench.ts';

describe('the bundle of a benchmark file', () => {
  it('is the same for the same tree in two places, and whatever its comments and layout', async () => {
    write(head, BENCH, bench("import { f } from './f.ts';", 'f(import.meta.dirname)'));
    write(
      head,
      'packages/app/src/f.ts',
      'export const f = (a: string) => a.length;\nexport const unused = 1;\n',
    );
    const copy = side('base', 'a longer/way to/base');
    cpSync(head.repoRoot, copy.repoRoot, { recursive: true });
    const digest = (await built(head)).digest;
    expect((await built(copy)).digest).toBe(digest);

    write(copy, 'packages/app/src/f.ts', '// said\nexport const f = (a: string): number =>\n  a.length;\n');
    expect((await built(copy)).digest).toBe(digest);

    write(copy, 'packages/app/src/f.ts', 'export const f = (a: string) => a.length + 1;');
    expect((await built(copy)).digest).not.toBe(digest);
  });

  it('is the same for a base that shares third-party packages with head, of any kind of module', async () => {
    write(head, BENCH, bench("import c from 'c'; import { e } from 'e';", 'c(e)'));
    write(head, 'package-lock.json', '{}');
    write(head, 'node_modules/c/package.json', '{"name":"c"}');
    write(head, 'node_modules/c/index.js', 'module.exports = (x) => require("./inner.js") + x + __filename;');
    write(head, 'node_modules/c/inner.js', 'exports.path = require("path").sep;');
    write(head, 'node_modules/e/package.json', '{"name":"e","type":"module","exports":"./e.js"}');
    write(head, 'node_modules/e/e.js', 'export const e = import.meta.url;');
    const base = side('base', 'base');
    cpSync(head.repoRoot, base.repoRoot, {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
    await typescript.shareDependencies(base, head, { run: runProcess, progress: () => undefined });

    const [ofHead, ofBase] = [await built(head), await built(base)];
    expect(ofBase.digest).toBe(ofHead.digest);
    expect(ofBase.sources).toContain(join(head.repoRoot, 'node_modules/c/inner.js'));
    expect(contaminating(ofBase.sources, base, head)).toEqual([]);
  });

  it("has the base's copy of a linked workspace package, in npm's and in pnpm's layout", async () => {
    for (const [layout, link] of [
      ['npm', 'node_modules/@acme/lib'],
      ['pnpm', 'packages/app/node_modules/@acme/lib'],
    ] as const) {
      const [one, base] = [side('head', `${layout}/head`), side('base', `${layout}/base`)];
      for (const each of [one, base]) {
        write(each, BENCH, bench("import { who } from '@acme/lib';", 'who()'));
        write(each, 'packages/lib/package.json', '{"name":"@acme/lib","type":"module","exports":"./lib.ts"}');
        write(each, 'packages/lib/lib.ts', `export const who = () => '${each.name} of ${layout}';`);
      }
      mkdirSync(dirname(join(one.repoRoot, link)), { recursive: true });
      symlinkSync(join(one.repoRoot, 'packages/lib'), join(one.repoRoot, link));
      await typescript.shareDependencies(base, one, { run: runProcess, progress: () => undefined });

      const ofBase = await built(base);
      expect(ofBase.text).toContain(`base of ${layout}`);
      expect(ofBase.sources).toContain(join(base.repoRoot, 'packages/lib/lib.ts'));
      expect(contaminating(ofBase.sources, base, one)).toEqual([]);
      expect((await built(one)).text).toContain(`head of ${layout}`);
    }
  });

  it("follows tsconfig: paths, and customConditions through extends and a project's references", async () => {
    write(
      head,
      'tsconfig.base.json',
      '{ // shared\n "compilerOptions": { "customConditions": ["@acme/source"], }, }',
    );
    write(
      head,
      'packages/app/tsconfig.json',
      '{"extends":"../../tsconfig.base.json","compilerOptions":{"paths":{"@/*":["./src/*"]}}}',
    );
    write(
      head,
      'node_modules/@acme/lib/package.json',
      '{"name":"@acme/lib","exports":{"@acme/source":"./src.js","default":"./dist/gone.js"}}',
    );
    write(head, 'node_modules/@acme/lib/src.js', 'exports.lib = "from source";');
    write(head, 'packages/app/src/deep/x.ts', 'export const x = "by path";');
    write(head, BENCH, bench("import { lib } from '@acme/lib'; import { x } from '@/deep/x';", 'lib + x'));
    const { text } = await built(head);
    expect(text).toContain('from source');
    expect(text).toContain('by path');
  });

  it('holds what the file imports for its effect, though the package says that it has none', async () => {
    write(head, 'package.json', '{"sideEffects":false}');
    write(head, 'packages/app/src/setup.ts', 'globalThis.prepared = "by setup";');
    write(head, BENCH, bench("import './setup.ts';", '"measured"'));
    const { text } = await built(head);
    expect(text).toContain('by setup');
    expect(text).toContain('measured');
  });

  it('keeps packages with compiled parts outside, by their real path', async () => {
    write(head, 'node_modules/fast/package.json', '{"name":"fast","dependencies":{"node-gyp-build":"4"}}');
    write(head, 'node_modules/fast/index.js', 'module.exports = "compiled";');
    write(head, BENCH, bench("import fast from 'fast';", 'fast'));
    const { text, sources } = await built(head);
    expect(text).not.toContain('"compiled"');
    const other = side('base', 'base');
    cpSync(head.repoRoot, other.repoRoot, { recursive: true });
    expect((await built(other)).digest).toBe((await built(head)).digest);
    write(other, 'node_modules/fast/index.js', 'module.exports = "compiled otherwise";');
    expect((await built(other)).digest).not.toBe((await built(head)).digest);
    expect(text).toContain('node_modules/fast/index.js');
    expect(sources).toContain(join(head.repoRoot, 'node_modules/fast/index.js'));
  });
});

describe('a third-party package that cannot be bundled', () => {
  it('stays outside as a whole, and the rest is bundled', async () => {
    write(head, 'node_modules/odd/package.json', '{"name":"odd"}');
    write(
      head,
      'node_modules/odd/index.js',
      "exports.odd = 'odd inside'; exports.rest = () => require('./data.bin');",
    );
    write(head, 'node_modules/odd/data.bin', '');
    write(head, BENCH, bench("import { odd } from 'odd';", 'odd'));
    const { text, sources } = await built(head);
    expect(text).not.toContain('odd inside');
    expect(sources).toContain(join(head.repoRoot, 'node_modules/odd/index.js'));
  });
});

describe('a digest stands for the behaviour', () => {
  it.each([
    [true, 'Math.max(1, 2)', ''],
    [false, "readFileSync('data.json')", "import { readFileSync } from 'node:fs';"],
    [false, 'import.meta.url', ''],
    [false, 'import(process.argv[2])', ''],
    [false, "load('./x')", "import { createRequire } from 'module'; const load = createRequire('/');"],
    [false, "process.getBuiltinModule('node:fs')", ''],
    [true, 'sep', "import { sep } from 'node:path';"],
    // Both sides get the same environment: what is read of it cannot tell them apart.
    [true, "process.env.MODE === 'fast'", ''],
    [true, 'common', "import common from 'common';"],
  ])('%s: %s', async (selfContained, expression, imports) => {
    write(head, 'node_modules/common/index.js', "module.exports = require('util').inspect(1);");
    write(head, BENCH, bench(imports, expression));
    expect((await built(head)).selfContained).toBe(selfContained);
  });
});

describe('a file that cannot be bundled', () => {
  it('says what does not build, and where', async () => {
    write(head, BENCH, bench("import { f } from './f.ts';", 'f()'));
    expect(await bundle(head)).toMatchObject({
      state: 'failed',
      reason: 'it does not build: Could not resolve "./f.ts" (packages/app/src/a.bench.ts:2)',
    });
    write(head, 'packages/app/src/f.ts', 'export const g = 1;');
    expect(await bundle(head)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('No matching export in "packages/app/src/f.ts" for import "f"'),
    });
    write(head, 'packages/app/src/f.ts', 'export const f = ;');
    expect(await bundle(head)).toMatchObject({ state: 'failed', reason: expect.stringContaining('f.ts:1') });
  });

  it.each([
    ["import css from './a.css';", 'it imports ./a.css'],
    ["import text from './a.txt?raw';", 'it imports ./a.txt?raw'],
    ["import data from 'virtual:data';", 'it imports virtual:data'],
    ['const mode = import.meta.env.MODE;', 'it uses import.meta.env'],
    ["import { inject } from 'vitest';", 'it imports inject from vitest'],
    ["import alias from '~nowhere/x';", 'nothing but a Vite alias could resolve "~nowhere/x"'],
  ])('needs Vite: %s', async (line, why) => {
    write(head, BENCH, bench(line, /(?:import (?:\{ )?|const )(\w+)/.exec(line)?.[1] ?? ''));
    expect(await bundle(head)).toEqual({ state: 'needs-vite', why });
  });
});

function bench(imports: string, expression: string): string {
  return `import { bench } from 'vitest';\n${imports}\nbench('x', () => ${expression});\n`;
}

function side(name: 'base' | 'head', folder: string): Side {
  const repoRoot = join(root, folder);
  const made: Side = { name, repoRoot, workspaceRoot: repoRoot, projectRoot: repoRoot };
  write(made, '.git', '');
  return made;
}

function write(to: Side, path: string, text: string): void {
  const file = join(to.repoRoot, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function bundle(of: Side) {
  return bundleBenchmark(of, BENCH, join(root, `scratch-${of.name}`, 'x.mjs'));
}

async function built(of: Side) {
  const result = await bundle(of);
  if (result.state !== 'built') throw new Error(JSON.stringify(result));
  return { ...result, text: readFileSync(result.path, 'utf8') };
}
