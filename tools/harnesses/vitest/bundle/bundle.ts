import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuildFailure } from 'esbuild';
import { packageFile } from '../../../kernel/files/package-file.ts';
import type { Side } from '../../harness.ts';
import { bundleDigest } from './digest.ts';
import { failure, packagesAtFault } from './failure.ts';
import { isSelfContained } from './self-contained.ts';
import { META_NAMES, type Noticed, sourcePlugin } from './source-plugin.ts';
import { inputName, reachable, realPaths } from './sources.ts';
import { customConditions, nearestTsconfig } from './tsconfig.ts';

/** A benchmark file made into one program, or why not. */
export type Bundled =
  | {
      readonly state: 'built';
      /** Absolute path of the program; its source map lies beside it as `<path>.map`. */
      readonly path: string;
      readonly digest: string;
      /** True if the digest tells all: nothing that is not in the bundle is read while it runs. */
      readonly selfContained: boolean;
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
  const noticed: Noticed = { needsVite: undefined, externals: new Set(), outside: new Set() };
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
      plugins: [sourcePlugin(driver, bench, side.repoRoot, noticed)],
    });
  for (;;) {
    try {
      const { outputFiles, metafile } = await build();
      if (noticed.needsVite !== undefined) return { state: 'needs-vite', why: noticed.needsVite };
      const text = outputFiles.find(({ path }) => path.endsWith('.mjs'))?.text ?? '';
      const map = outputFiles.find(({ path }) => path.endsWith('.map'))?.text ?? '{}';
      mkdirSync(dirname(outfile), { recursive: true });
      writeFileSync(outfile, text);
      writeFileSync(`${outfile}.map`, map);
      const own = reachable(metafile, inputName(bench, side.repoRoot), inputName(driver, side.repoRoot));
      return {
        state: 'built',
        path: outfile,
        digest: bundleDigest(text, Object.keys(metafile.inputs), [...noticed.externals], side.repoRoot),
        selfContained: isSelfContained(metafile, own, text),
        sources: realPaths([...own, ...noticed.externals], side.repoRoot),
      };
    } catch (error) {
      const outside = packagesAtFault(error as BuildFailure, side.repoRoot).filter(
        (one) => !noticed.outside.has(one),
      );
      if (outside.length === 0) return failure(error as BuildFailure, noticed.needsVite);
      for (const folder of outside) noticed.outside.add(folder);
    }
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
