import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What Nx loads, what users import, and the programs that we start as child processes. */
export interface Entries {
  /** Loaded by Nx with `require()`: no top-level await anywhere in what they import statically. */
  readonly host: readonly string[];
  /** Documented exports of the package. */
  readonly exported: readonly string[];
  /** Child-process programs, `*-main.ts`. */
  readonly programs: readonly string[];
}

/** Entry points of the package: source paths relative to the repository root, sorted. */
export function findEntries(root: string): Entries {
  const files = sourcesUnder(root);
  return {
    host: files.filter(
      (file) =>
        file === 'plugins/index.ts' ||
        /^executors\/[^/]+\/executor\.ts$/.test(file) ||
        /^generators\/[^/]+\/generator\.ts$/.test(file),
    ),
    exported: files.filter((file) => file === 'tools/kernel/report/index.ts'),
    programs: files.filter((file) => /^tools\/(?!scripts\/).*-main\.ts$/.test(file)),
  };
}

/** Files beside the code that are read at run time: drivers in other languages, templates, schemas. */
export function findAssets(root: string): readonly string[] {
  return listFiles(root, ['tools', 'generators', 'plugins', 'executors']).filter((file) => {
    if (file.startsWith('tools/scripts/') || file.startsWith('tools/nx/')) return false;
    if (/^generators\/[^/]+\/files\//.test(file)) return true;
    return !file.endsWith('schema.json') && /\.(py|go\.tmpl|tmpl|md|json|toml|pth|c|rs|cjs|mjs)$/.test(file);
  });
}

function sourcesUnder(root: string): readonly string[] {
  return listFiles(root, ['plugins', 'executors', 'generators', 'tools']).filter(
    (file) => file.endsWith('.ts') && !/\.(spec|bench|d)\.ts$/.test(file),
  );
}

function listFiles(root: string, rooms: readonly string[]): readonly string[] {
  return rooms
    .filter((room) => existsSync(join(root, room)))
    .flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(root.length + 1)
            .replaceAll('\\', '/'),
        ),
    )
    .filter((file) => !/\/(fixtures|node_modules|__pycache__|\.venv)\//.test(file))
    .sort();
}
