import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artefact } from '../gen/artefact.ts';
import { camelCase } from '../gen/rooms.ts';

/** What can be scaffolded: each is a tree of templates under `files/`. */
export const kinds = ['capability', 'harness', 'language'] as const;
export type Kind = (typeof kinds)[number];

/**
 * The files of a skeleton, paths relative to the repository root. Placeholders in paths and texts:
 * `__name__` (size-budget), `__camel__` (sizeBudget), `__Pascal__` (SizeBudget), `__title__` (Size budget).
 *
 * @throws Error where the name is not kebab case
 */
export function skeleton(kind: Kind, name: string): readonly Artefact[] {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(`'${name}' must be lower case words with dashes, such as size-budget.`);
  }
  const folder = join(import.meta.dirname, 'files', kind);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      path: fill(
        file
          .slice(folder.length + 1)
          .replaceAll('\\', '/')
          .replace(/\.tmpl$/, ''),
        name,
      ),
      text: fill(readFileSync(file, 'utf8'), name),
    }));
}

function fill(text: string, name: string): string {
  const camel = camelCase(name);
  const title = name.replaceAll('-', ' ');
  return text
    .replaceAll('__name__', name)
    .replaceAll('__camel__', camel)
    .replaceAll('__Pascal__', camel.charAt(0).toUpperCase() + camel.slice(1))
    .replaceAll('__title__', title.charAt(0).toUpperCase() + title.slice(1));
}
