import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { extname, isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Loader, Plugin } from 'esbuild';
import { isNativePackage, packageFolder } from './native-package.ts';
import { sourceNeedsVite, VITE_IMPORT } from './needs-vite.ts';

/** What the plugin notices while it builds. */
export interface Noticed {
  /** Why the fast runner cannot do it. */
  needsVite: string | undefined;
  /** Absolute paths of files that stay outside of the bundle. */
  readonly externals: Set<string>;
  /** Folders of packages to keep outside beside those with compiled parts. */
  readonly outside: Set<string>;
}

const META = /\bimport\.meta\b|\b__(dirname|filename)\b/;

/** Names that `define` puts for `import.meta.url` and the like; declared in each file that needs them. */
export const META_NAMES = {
  'import.meta.url': '__assay_url',
  'import.meta.dirname': '__assay_dirname',
  'import.meta.filename': '__assay_filename',
  __dirname: '__assay_dirname',
  __filename: '__assay_filename',
};

/**
 * Gives each source what it would have unbundled: `vitest` is our driver, `import.meta` and `__dirname`
 * point to the source and not to the bundle, and packages with compiled parts stay outside.
 */
export function sourcePlugin(driver: string, bench: string, repoRoot: string, noticed: Noticed): Plugin {
  return {
    name: 'assay-source',
    setup(build) {
      build.onResolve({ filter: /^vitest$/ }, () => ({ path: driver }));
      // Imported for what they do, whatever `sideEffects` in package.json says.
      build.onResolve({ filter: exactly([bench, ...importedForEffect(bench)]) }, async (args) => {
        if (args.pluginData === 'assay' || (args.path !== bench && args.importer !== bench)) return undefined;
        const { path, importer, resolveDir, kind, namespace } = args;
        const found = await build.resolve(path, {
          importer,
          resolveDir,
          kind,
          namespace,
          pluginData: 'assay',
        });
        if (found.errors.length > 0 || found.external) return undefined;
        return { path: found.path, sideEffects: true };
      });
      build.onResolve({ filter: VITE_IMPORT }, ({ path, kind }) => {
        if (kind === 'entry-point') return undefined;
        noticed.needsVite ??= `it imports ${path}`;
        return { path, external: true };
      });
      build.onResolve({ filter: /\.node$/ }, ({ path, resolveDir }) => {
        const file = isAbsolute(path) ? path : `${resolveDir}${sep}${path}`;
        noticed.externals.add(file);
        return { path: file, external: true };
      });
      build.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...where }) => {
        if (pluginData === 'assay' || where.kind === 'entry-point' || isBuiltin(path)) return undefined;
        const { importer, resolveDir, kind, namespace } = where;
        const found = await build.resolve(path, {
          importer,
          resolveDir,
          kind,
          namespace,
          pluginData: 'assay',
        });
        if (found.errors.length > 0 || found.external || !staysOutside(found.path, noticed)) return undefined;
        noticed.externals.add(found.path);
        // `require` takes a path, `import` needs a URL where the path is a Windows one.
        const outside = kind.startsWith('require') ? found.path : pathToFileURL(found.path).href;
        return { path: outside, external: true };
      });
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, ({ path }) => {
        if (path === driver) return undefined;
        const text = readFileSync(path, 'utf8');
        const thirdParty = path.includes(`${sep}node_modules${sep}`);
        if (!thirdParty) noticed.needsVite ??= sourceNeedsVite(text);
        if (!META.test(text)) return undefined;
        return {
          contents: withMeta(text, relative(repoRoot, path).replaceAll('\\', '/')),
          loader: loaderOf(path),
        };
      });
    },
  };
}

function exactly(paths: readonly string[]): RegExp {
  return new RegExp(`^(?:${paths.map((path) => path.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|')})$`);
}

function importedForEffect(bench: string): readonly string[] {
  const text = readFileSync(bench, 'utf8');
  return [...text.matchAll(/^\s*import\s+['"]([^'"]+)['"]/gm)].flatMap(([, path]) => path ?? []);
}

function staysOutside(path: string, { outside }: Noticed): boolean {
  const folder = packageFolder(path);
  return folder !== undefined && (outside.has(folder) || isNativePackage(folder));
}

/** Declares the names on the first line, so that line numbers stay. */
function withMeta(text: string, path: string): string {
  const at = `/* @__PURE__ */ globalThis.__assaySource(${JSON.stringify(path)})`;
  const declared =
    `var __assay_meta = ${at}, __assay_url = /* @__PURE__ */ (() => __assay_meta.url)(),` +
    ' __assay_dirname = /* @__PURE__ */ (() => __assay_meta.dirname)(),' +
    ' __assay_filename = /* @__PURE__ */ (() => __assay_meta.filename)();';
  const hashbang = /^#!.*\n/.exec(text)?.[0] ?? '';
  return hashbang + declared + text.slice(hashbang.length);
}

function loaderOf(path: string): Loader {
  const ending = extname(path).replace(/^\.[cm]/, '.');
  return ({ '.ts': 'ts', '.tsx': 'tsx', '.jsx': 'jsx' } as const)[ending as '.ts'] ?? 'js';
}
