import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Makes `import.meta` say in the bundle what it says in the source, relative to `dist/` instead of the
 * repository: a module that reads `./driver.py` beside itself finds the copied file wherever the bundler
 * has put its code.
 */
export function keepModuleUrls(root: string): Plugin {
  return {
    name: 'keep-module-urls',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (path.includes('node_modules')) return undefined;
        const text = readFileSync(path, 'utf8');
        if (!text.includes('import.meta')) return undefined;
        const place = relative(root, path).replaceAll('\\', '/').replace(/\.ts$/, '.js');
        return { loader: 'ts', contents: declareModuleUrls(text, place) };
      });
    },
  };
}

/**
 * What esbuild puts for `import.meta.url` and its like: expressions only, so that a text which holds these
 * words (the banner of a bundle that we write ourselves) stays what it is.
 */
export const moduleUrlDefines: Readonly<Record<string, string>> = {
  'import.meta.url': '__assay_url',
  'import.meta.filename': '__assay_filename',
  'import.meta.dirname': '__assay_dirname',
};

/** Declares before a module's text what `moduleUrlDefines` names, as it would be at `dist/<place>`. Pure. */
export function declareModuleUrls(text: string, place: string): string {
  const uses = (field: string) => new RegExp(`\\bimport\\.meta\\.${field}\\b`).test(text);
  if (!['url', 'filename', 'dirname'].some(uses)) return text;
  const lines = [
    // Taken apart, or esbuild would replace it here too. The package has one folder dist/, none below it.
    'const { url: __assay_here } = import.meta;',
    `const __assay_url = new URL(${JSON.stringify(place)}, __assay_here.slice(0, __assay_here.lastIndexOf('/dist/') + 6)).href;`,
  ];
  if (uses('filename') || uses('dirname')) {
    lines.unshift(`import { fileURLToPath as __assay_toPath } from 'node:url';`);
    lines.push('const __assay_filename = __assay_toPath(__assay_url);');
  }
  if (uses('dirname'))
    lines.push("const __assay_dirname = __assay_toPath(new URL('.', __assay_url)).slice(0, -1);");
  return `${lines.join('\n')}\n${text}`;
}
