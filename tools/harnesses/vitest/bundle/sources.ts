import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Metafile } from 'esbuild';

/** How esbuild's metafile names a file. */
export function inputName(path: string, repoRoot: string): string {
  return relative(repoRoot, realpathSync(path)).replaceAll('\\', '/');
}

/** What the benchmark file leads to; the driver's own sources are not under test. */
export function reachable(metafile: Metafile, start: string, driver: string): readonly string[] {
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

export function realPaths(paths: readonly string[], repoRoot: string): readonly string[] {
  const real = paths.flatMap((path) => {
    try {
      return [realpathSync(resolve(repoRoot, path))];
    } catch {
      return [];
    }
  });
  return [...new Set(real)].sort();
}
