import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CargoMetadata } from '../../languages/rust/cargo-metadata.ts';
import { isCriterion } from './criterion-crates.ts';

/** One version of a crate that ours stands in for. */
export interface Replaced {
  readonly crate: string;
  readonly version: string;
}

/** Which versions the lockfile has; without a lockfile, the lowest that each requirement of the workspace allows. */
export function replacedCrates(lockfile: string | undefined, metadata: CargoMetadata): readonly Replaced[] {
  const locked = lockfile === undefined ? [] : lockedCrates(lockfile);
  const found = new Map<string, Replaced>();
  for (const each of locked) found.set(`${each.crate} ${each.version}`, each);
  const have = new Set(locked.map(({ crate }) => crate));
  for (const { dependencies } of metadata.packages) {
    for (const { name, req, path } of dependencies) {
      if (!isCriterion(name) || have.has(name) || path) continue;
      const version = lowestVersion(req);
      found.set(`${name} ${version}`, { crate: name, version });
    }
  }
  return [...found.values()];
}

function lockedCrates(lockfile: string): readonly Replaced[] {
  return stanzas(lockfile).flatMap((stanza) => {
    const crate = /^name = "([^"]+)"/m.exec(stanza)?.[1];
    const version = /^version = "([^"]+)"/m.exec(stanza)?.[1];
    if (crate === undefined || version === undefined || !isCriterion(crate)) return [];
    // A path dependency is the user's own.
    return /^source = "registry\+/m.test(stanza) ? [{ crate, version }] : [];
  });
}

/** The lockfile without the crates that are replaced: cargo takes ours for them and keeps all others as they are. */
export function withoutReplaced(lockfile: string, replaced: readonly Replaced[]): string {
  const names = new Set(replaced.map(({ crate }) => crate));
  return stanzas(lockfile)
    .filter((stanza) => !names.has(/^name = "([^"]+)"/m.exec(stanza)?.[1] ?? ''))
    .join('');
}

function stanzas(lockfile: string): readonly string[] {
  return lockfile.split(/^(?=\[\[package\]\])/m);
}

/** `^0.5` → `0.5.0`, `>=0.3, <0.6` → `0.3.0`, `*` → `0.5.0`. */
export function lowestVersion(requirement: string): string {
  const found = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(requirement);
  return found === null ? '0.5.0' : `${found[1]}.${found[2] ?? 0}.${found[3] ?? 0}`;
}

/**
 * Writes the stand-in once for each crate and version below `folder`.
 *
 * @returns arguments by which cargo takes it in place of the registry's
 */
export async function writeStandIns(
  folder: string,
  replaced: readonly Replaced[],
): Promise<readonly string[]> {
  const args: string[] = [];
  const sources = join(import.meta.dirname, 'shim', 'src');
  for (const [at, { crate, version }] of replaced.entries()) {
    const own = join(folder, standInFolder(at));
    await mkdir(own, { recursive: true });
    await cp(sources, join(own, 'src'), { recursive: true });
    // A program has one global allocator, whoever brings it.
    if (at > 0) await writeFile(join(own, 'src', 'global.rs'), NOT_GLOBAL);
    await writeFile(join(own, 'Cargo.toml'), await manifest(crate, version));
    const key = `patch.crates-io.nx-assay-${at}`;
    args.push(
      '--config',
      `${key}.package=${JSON.stringify(crate)}`,
      '--config',
      `${key}.path=${JSON.stringify(own)}`,
    );
  }
  return args;
}

async function manifest(crate: string, version: string): Promise<string> {
  const template = await readFile(join(import.meta.dirname, 'shim', 'manifest.toml'), 'utf8');
  return template
    .replaceAll('{crate}', crate)
    .replaceAll('{lib}', crate.replaceAll('-', '_'))
    .replaceAll('{version}', version);
}

const NOT_GLOBAL = 'pub const COUNTS: bool = false;\n';

/** Leaves the global allocator to the benchmarks or what they use; allocations are not counted then. */
export async function withoutAllocator(folder: string): Promise<void> {
  await writeFile(join(folder, standInFolder(0), 'src', 'global.rs'), NOT_GLOBAL);
}

function standInFolder(at: number): string {
  return `.nx-assay-criterion-${at}`;
}
