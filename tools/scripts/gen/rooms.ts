import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Folders of a room that hold `marker`, sorted: the listing that every registry is made from. */
export function foldersWith(root: string, room: string, marker: string): readonly string[] {
  const folder = join(root, room);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, marker)))
    .map((entry) => entry.name)
    .sort();
}

/** Capabilities are the folders of `executors/` that declare options. */
export function capabilitiesOf(root: string): readonly string[] {
  return foldersWith(root, 'executors', 'options.ts');
}

/** `size-budget` → `sizeBudget`: the stem of a capability's exported names. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Loads one export of a module of this repository.
 *
 * @throws Error naming file and export where the export is missing
 */
export async function loadExport<T>(root: string, file: string, name: string): Promise<T> {
  const module = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
  if (!(name in module)) throw new Error(`${file} must export '${name}'.`);
  return module[name] as T;
}
