import type { CargoToml } from '../../languages/rust/cargo-toml.ts';

/** Crates with criterion's API: itself, and drop-in replacements that are usually renamed to it. */
const crates: readonly string[] = ['criterion', 'criterion2', 'codspeed-criterion-compat'];

export function isCriterion(crate: string): boolean {
  return crates.includes(crate);
}

/** What the sources of a package call criterion, if it uses it. */
export function criterionNames({ dependencies }: CargoToml): readonly string[] {
  const names = dependencies
    .filter((dependency) => isCriterion(dependency.package) || isCriterion(dependency.name))
    .map(({ name }) => name.replaceAll('-', '_'));
  return [...new Set(names)];
}

/** Whether a manifest alone shows benchmarks: criterion, and a target that brings its own `main`. */
export function declaresBenchmarks(manifest: CargoToml): boolean {
  return (
    manifest.packageName !== undefined &&
    criterionNames(manifest).length > 0 &&
    manifest.benches.some(({ harness }) => !harness)
  );
}
