import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { keepModuleUrls, moduleUrlDefines } from './keep-module-urls.ts';

/** Never bundled: the host, and tools that are installed beside us or by the user. */
export const externals = ['nx', 'nx/*', '@nx/*', 'esbuild', 'vitest', 'vitest/*', 'vite'];

/**
 * Bundles entry points to the same relative path under `dist/`, shared code into `dist/chunks/`.
 *
 * @param entries source paths relative to `root`
 * @returns what went where; paths relative to `root`
 */
export async function bundle(root: string, entries: readonly string[]): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries.map((entry) => ({ in: entry, out: entry.replace(/\.ts$/, '') })),
    outdir: join(root, 'dist'),
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: [...externals],
    legalComments: 'none',
    minifySyntax: true,
    minifyWhitespace: true,
    metafile: true,
    logLevel: 'warning',
    plugins: [keepModuleUrls(root), englishOnly],
    define: { ...moduleUrlDefines },
  });
  return metafile;
}

/** zod carries its messages in forty languages, half of its size; ours are English. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export {};',
    }));
  },
};
