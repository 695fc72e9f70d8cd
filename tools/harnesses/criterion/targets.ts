import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { parse } from 'smol-toml';
import { type CargoToml, readCargoToml } from '../../languages/rust/cargo-toml.ts';

/** A benchmark program of a package. */
export interface BenchTarget {
  readonly name: string;
  /** Relative to the package, POSIX separators. */
  readonly file: string;
  /** `false`: the file brings its own `main`. */
  readonly harness: boolean;
}

/** The package's manifest; undefined where there is none, or none that can be read. */
export async function manifestOf(projectRoot: string): Promise<CargoToml | undefined> {
  try {
    return readCargoToml(await readFile(join(projectRoot, 'Cargo.toml'), 'utf8'), parse);
  } catch {
    return undefined;
  }
}

/**
 * Benchmark targets of a package as cargo finds them: its `[[bench]]` entries, and `benches/*.rs` and
 * `benches/<name>/main.rs` unless `autobenches = false`.
 */
export async function benchTargets(
  projectRoot: string,
  manifest: CargoToml,
): Promise<readonly BenchTarget[]> {
  if (manifest.packageName === undefined) return [];
  const found = await conventional(projectRoot);
  const targets = new Map<string, BenchTarget>();
  for (const { name, path, harness } of manifest.benches) {
    const own = path ?? (name === undefined ? undefined : found.get(name));
    if (own === undefined) continue;
    const file = posix.normalize(own.replaceAll('\\', '/'));
    const called = name ?? posix.basename(file, '.rs');
    targets.set(file, { name: called, file, harness });
  }
  if (manifest.autobenches) {
    for (const [name, file] of found) {
      if (!targets.has(file)) targets.set(file, { name, file, harness: true });
    }
  }
  return [...targets.values()]
    .filter(({ file }) => !file.startsWith('../') && existsSync(join(projectRoot, file)))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function conventional(projectRoot: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(join(projectRoot, 'benches'), { withFileTypes: true }).catch(() => []);
  const found = new Map<string, string>();
  for (const { name } of entries) {
    if (name.endsWith('.rs')) found.set(name.slice(0, -3), `benches/${name}`);
    else if (existsSync(join(projectRoot, 'benches', name, 'main.rs')))
      found.set(name, `benches/${name}/main.rs`);
  }
  return found;
}
