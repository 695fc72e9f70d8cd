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
        return { loader: 'ts', contents: rewriteImportMeta(text, place) };
      });
    },
  };
}

/** Replaces `import.meta.url`, `.filename` and `.dirname` by what they would be at `dist/<place>`. Pure. */
export function rewriteImportMeta(text: string, place: string): string {
  const used = new Set<string>();
  const body = text.replace(/\bimport\.meta\.(url|filename|dirname)\b/g, (_, field: string) => {
    used.add(field);
    return `__assay_${field}`;
  });
  if (used.size === 0) return text;
  const quoted = JSON.stringify(place);
  const lines = [
    // The package has one folder dist/, and none below it.
    `const __assay_url = new URL(${quoted}, import.meta.url.slice(0, import.meta.url.lastIndexOf('/dist/') + 6)).href;`,
  ];
  if (used.has('filename') || used.has('dirname')) {
    lines.unshift(`import { fileURLToPath as __assay_toPath } from 'node:url';`);
    lines.push('const __assay_filename = __assay_toPath(__assay_url);');
  }
  if (used.has('dirname'))
    lines.push("const __assay_dirname = __assay_toPath(new URL('.', __assay_url)).slice(0, -1);");
  return `${lines.join('\n')}\n${body}`;
}
