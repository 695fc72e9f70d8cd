import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, type TomlTable } from 'smol-toml';

/**
 * Hash of the third-party code that files pin. Equal hashes: one environment serves both sides.
 * A lockfile also holds the workspace's own packages, and a manifest a version and settings of tools: those
 * change without a need to install.
 *
 * @param root folder that the files are relative to
 */
export function pinsDigest(root: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const path = join(root, file);
    hash.update(
      `${file}\0${existsSync(path) ? pinsOf(basename(file), readFileSync(path, 'utf8')) : '\0absent'}\0`,
    );
  }
  return hash.digest('hex');
}

/** What a file pins, as text to compare. */
export function pinsOf(name: string, text: string): string {
  if (name === 'uv.lock') return reading(text, uvPins);
  if (name === 'pyproject.toml') return reading(text, manifestPins);
  return text;
}

function reading(text: string, pins: (table: TomlTable) => unknown): string {
  try {
    return JSON.stringify(pins(parse(text)));
  } catch {
    return text; // no TOML: any difference counts
  }
}

/** Third-party packages whole; the workspace's own by name alone. */
function uvPins(lock: TomlTable): unknown {
  const packages = Array.isArray(lock.package) ? (lock.package as TomlTable[]) : [];
  return packages.map((entry) => {
    const source = (entry.source ?? {}) as TomlTable;
    const own = ['editable', 'virtual', 'directory'].some((kind) => kind in source);
    return own ? [entry.name, source, entry['optional-dependencies'] ?? null] : entry;
  });
}

function manifestPins(manifest: TomlTable): unknown {
  const project = (manifest.project ?? {}) as TomlTable;
  const tool = (manifest.tool ?? {}) as TomlTable;
  const poetry = (tool.poetry ?? {}) as TomlTable;
  const uv = (tool.uv ?? {}) as TomlTable;
  return [
    project.dependencies,
    project['optional-dependencies'],
    project['requires-python'],
    manifest['dependency-groups'],
    manifest['build-system'],
    poetry.dependencies,
    poetry['dev-dependencies'],
    poetry.group,
    poetry.packages,
    uv.sources,
    uv['dev-dependencies'],
  ];
}
