import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { BuildFailure, Message, Metafile } from 'esbuild';
import { packageFile } from '../../../kernel/files/package-file.ts';
import type { Side } from '../../harness.ts';
import { bundleDigest } from './digest.ts';
import { META_NAMES, type Noticed, sourcePlugin } from './source-plugin.ts';
import { customConditions, nearestTsconfig } from './tsconfig.ts';

/** A benchmark file made into one program, or why not. */
export type Bundled =
  | {
      readonly state: 'built';
      /** Absolute path of the program; its source map lies beside it as `<path>.map`. */
      readonly path: string;
      readonly digest: string;
      /** Absolute real paths of what went in, without the driver. */
      readonly sources: readonly string[];
    }
  | { readonly state: 'needs-vite'; readonly why: string }
  | { readonly state: 'failed'; readonly reason: string; readonly output: string };

/**
 * Bundles a benchmark file with the driver and everything that it imports.
 *
 * @param file relative to the project root
 * @param outfile absolute path to write, ending in `.mjs`
 */
export async function bundleBenchmark(side: Side, file: string, outfile: string): Promise<Bundled> {
  const esbuild = await import('esbuild');
  const driver = realpathSync(packageFile('tools/harnesses/vitest/driver-main'));
  const bench = join(side.projectRoot, file);
  const noticed: Noticed = { needsVite: undefined, externals: new Set() };
  const folder = dirname(bench);
  const base = join(side.workspaceRoot, 'tsconfig.base.json');
  const build = () =>
    esbuild.build({
      stdin: { contents: entryOf(driver, bench), resolveDir: side.projectRoot, sourcefile: '<stdin>.js' },
      absWorkingDir: side.repoRoot,
      outfile,
      write: false,
      bundle: true,
      metafile: true,
      platform: 'node',
      format: 'esm',
      target: `node${process.versions.node}`,
      conditions: [...customConditions(folder, side.workspaceRoot), 'module-sync'],
      ...(nearestTsconfig(folder, side.workspaceRoot) ? {} : ifExists(base)),
      define: { ...META_NAMES, 'import.meta.vitest': 'undefined' },
      // Bundled CommonJS code asks for Node's own modules by `require`.
      banner: { js: BANNER },
      // Comments and layout are no part of the behaviour, nor of the digest.
      minifyWhitespace: true,
      legalComments: 'none',
      sourcemap: 'external',
      sourcesContent: false,
      logLevel: 'silent',
      plugins: [sourcePlugin(driver, side.repoRoot, noticed)],
    });
  try {
    const { outputFiles, metafile } = await build();
    if (noticed.needsVite !== undefined) return { state: 'needs-vite', why: noticed.needsVite };
    const text = outputFiles.find(({ path }) => path.endsWith('.mjs'))?.text ?? '';
    const map = outputFiles.find(({ path }) => path.endsWith('.map'))?.text ?? '{}';
    mkdirSync(dirname(outfile), { recursive: true });
    writeFileSync(outfile, text);
    writeFileSync(`${outfile}.map`, map);
    const all = [...Object.keys(metafile.inputs), ...noticed.externals];
    const own = reachable(metafile, inputName(bench, side.repoRoot), inputName(driver, side.repoRoot));
    return {
      state: 'built',
      path: outfile,
      digest: bundleDigest(text, all, side.repoRoot),
      sources: realPaths([...own, ...noticed.externals], side.repoRoot),
    };
  } catch (error) {
    return failure(error as BuildFailure, noticed);
  }
}

/** Evaluated in this order: the driver, which reads the request; the benchmark file; the run. */
function entryOf(driver: string, bench: string): string {
  return `import { drive } from ${JSON.stringify(driver)};import ${JSON.stringify(bench)};await drive();`;
}

const BANNER =
  "import{createRequire as __assayRequire}from'node:module';const require=__assayRequire(import.meta.url);";

function ifExists(tsconfig: string): { tsconfig?: string } {
  return existsSync(tsconfig) ? { tsconfig } : {};
}

/** How esbuild's metafile names a file. */
function inputName(path: string, repoRoot: string): string {
  return relative(repoRoot, realpathSync(path)).replaceAll('\\', '/');
}

/** What the benchmark file leads to; the driver's own sources are not under test. */
function reachable(metafile: Metafile, start: string, driver: string): readonly string[] {
  const found = new Set<string>([driver]);
  const visit = (name: string): void => {
    if (found.has(name) || !metafile.inputs[name]) return;
    found.add(name);
    for (const { path } of metafile.inputs[name].imports) visit(path);
  };
  visit(start);
  found.delete(driver);
  return [...found];
}

function realPaths(paths: readonly string[], repoRoot: string): readonly string[] {
  const real = paths.flatMap((path) => {
    try {
      return [realpathSync(resolve(repoRoot, path))];
    } catch {
      return [];
    }
  });
  return [...new Set(real)].sort();
}

/** Tells what Vite would mend (an alias, an asset, more of Vitest) from what is simply broken. */
function failure(error: BuildFailure, noticed: Noticed): Bundled {
  if (noticed.needsVite !== undefined) return { state: 'needs-vite', why: noticed.needsVite };
  const errors = error.errors ?? [];
  const first = errors[0];
  if (!first) return { state: 'failed', reason: `esbuild failed: ${error.message}`, output: error.message };
  const output = errors.map(describe).join('\n');
  for (const message of errors) {
    const why = viteMends(message);
    if (why !== undefined) return { state: 'needs-vite', why };
  }
  return { state: 'failed', reason: `it does not build: ${describe(first)}`, output };
}

function viteMends({ text }: Message): string | undefined {
  const missing = /^No matching export in ".*driver-main\.[tj]s" for import "(\w+)"/.exec(text);
  if (missing) return `it imports ${missing[1]} from vitest`;
  if (/^No loader is configured/.test(text)) return text;
  const alias = /^Could not resolve "([^./][^"]*)"/.exec(text);
  return alias ? `nothing but a Vite alias could resolve "${alias[1]}"` : undefined;
}

function describe({ text, location, notes }: Message): string {
  const where = location ? ` (${location.file}:${location.line})` : '';
  const hint = /^Could not resolve "[^./]/.test(text)
    ? '. If it is a package of this workspace, is it built on this side? A `setup` command in assay/bench.json can build it'
    : '';
  const note = hint === '' && notes[0] ? `; ${notes[0].text}` : '';
  return `${text}${where}${hint}${note}`;
}
