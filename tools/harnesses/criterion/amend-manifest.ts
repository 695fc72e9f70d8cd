import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { criterionNames } from './criterion-crates.ts';
import { benchTargets, manifestOf } from './targets.ts';

/**
 * Declares in a copied manifest what the benchmark files need and an older one lacks: their `[[bench]]` entries and
 * criterion. So a commit that brings the first benchmarks can be compared with the one before it.
 *
 * @param folder of the copy
 * @param files benchmark files that lie there, relative to it
 * @returns target name by file
 */
export async function amendManifest(
  folder: string,
  files: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const manifest = await manifestOf(folder);
  if (manifest?.packageName === undefined) return new Map();
  const targets = new Map((await benchTargets(folder, manifest)).map((target) => [target.file, target]));
  const names = new Map<string, string>();
  const added: string[] = [];
  for (const file of files) {
    const target = targets.get(file);
    if (target !== undefined && !target.harness) names.set(file, target.name);
    else {
      // One with `harness = true` would be compiled with rustc's own; another entry wins over the convention.
      const name = target?.name ?? nameOf(file);
      names.set(file, name);
      added.push(
        `[[bench]]\nname = ${JSON.stringify(name)}\npath = ${JSON.stringify(file)}\nharness = false\n`,
      );
    }
  }
  if (criterionNames(manifest).length === 0) added.push('[dev-dependencies.criterion]\nversion = "*"\n');
  if (added.length > 0) {
    const path = join(folder, 'Cargo.toml');
    await writeFile(path, `${await readFile(path, 'utf8')}\n${added.join('\n')}`);
  }
  return names;
}

function nameOf(file: string): string {
  const parts = file.replace(/\.rs$/, '').split('/');
  return (parts.at(-1) === 'main' ? parts.at(-2) : parts.at(-1)) as string;
}
