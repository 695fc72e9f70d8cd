import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Metafile, transform } from 'esbuild';

/** Output files that loading `entry` runs: itself and what it imports statically. Paths as in the metafile. */
export function staticClosure(metafile: Metafile, entry: string): readonly string[] {
  const seen = new Set<string>();
  const visit = (output: string): void => {
    if (seen.has(output)) return;
    seen.add(output);
    for (const { path, kind, external } of metafile.outputs[output]?.imports ?? []) {
      if (kind === 'import-statement' && !external) visit(path);
    }
  };
  visit(entry);
  return [...seen];
}

/**
 * Output files among `outputs` with top-level await: Nx loads ESM plugins by `require()`, which refuses it
 * with ERR_REQUIRE_ASYNC_MODULE.
 */
export async function filesWithTopLevelAwait(
  root: string,
  outputs: readonly string[],
): Promise<readonly string[]> {
  const found = await Promise.all(
    outputs.map(async (output) => {
      const code = readFileSync(join(root, output), 'utf8');
      try {
        await transform(code, { format: 'esm', supported: { 'top-level-await': false }, logLevel: 'silent' });
        return [];
      } catch {
        return [output];
      }
    }),
  );
  return found.flat();
}
