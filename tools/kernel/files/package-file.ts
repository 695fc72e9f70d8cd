import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Absolute path of one of our own programs (an entry point such as `tools/kernel/process/guardian-main`),
 * to be started with `process.execPath`.
 *
 * The bundler moves shared code into `dist/chunks/`, so a path relative to the calling module would point
 * astray: the package root is what stays put. From `dist` it is the built `.js`, from source the `.ts`.
 *
 * @param entry path below the package root, POSIX separators, without an ending
 * @param from `import.meta.url` of the module that decides between source and dist (for tests)
 * @throws Error where no package.json of nx-assay lies above `from`: the package is broken
 */
export function packageFile(entry: string, from: string = import.meta.url): string {
  const own = fileURLToPath(from);
  const root = packageRoot(from);
  const built = own.startsWith(join(root, 'dist') + sep);
  return built ? join(root, 'dist', `${entry}.js`) : join(root, `${entry}.ts`);
}

/** Folder of our own package.json. */
export function packageRoot(from: string = import.meta.url): string {
  const known = roots.get(from);
  if (known !== undefined) return known;
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    if (manifestOf(folder)?.name === 'nx-assay') {
      roots.set(from, folder);
      return folder;
    }
    if (folder === dirname(folder))
      throw new Error(`No package.json of nx-assay above ${fileURLToPath(from)}`);
  }
}

/** Version in our own package.json. */
export function packageVersion(from: string = import.meta.url): string {
  return manifestOf(packageRoot(from))?.version ?? '0.0.0';
}

const roots = new Map<string, string>();

function manifestOf(folder: string): { name?: string; version?: string } | undefined {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string };
  } catch {
    return undefined;
  }
}
