import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ErrorRow } from '../../kernel/errors/assay-error.ts';

/** One row of the error table as documentation shows it: `<name>` stands for what varies. */
export interface DocumentedError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** File that declares it, relative to the repository root. */
  readonly source: string;
}

const rooms = ['tools', 'plugins', 'executors', 'generators'];

/**
 * Every row of every room's `errors.ts`, sorted by code. A code that two rooms declare is there twice.
 */
export async function readErrorTable(root: string): Promise<readonly DocumentedError[]> {
  const rows: DocumentedError[] = [];
  for (const source of errorFiles(root)) {
    const module = (await import(pathToFileURL(join(root, source)).href)) as Record<string, unknown>;
    for (const table of Object.values(module)) {
      if (!isTable(table)) continue;
      for (const [code, row] of Object.entries(table.rows)) {
        rows.push({ code, message: render(row.message), remedy: render(row.remedy), source });
      }
    }
  }
  return rows.sort((a, b) => (a.code < b.code ? -1 : 1));
}

function errorFiles(root: string): readonly string[] {
  return rooms
    .flatMap((room) => {
      try {
        return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map(
          (file) => `${room}/${file.replaceAll('\\', '/')}`,
        );
      } catch {
        return [];
      }
    })
    .filter((file) => file.endsWith('/errors.ts') && !/\/(node_modules|fixtures|files)\//.test(file))
    .sort();
}

type Table = { readonly rows: Readonly<Record<string, ErrorRow<unknown>>> };

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && 'rows' in value && 'create' in value;
}

function render(write: (params: unknown) => string): string {
  try {
    return String(write(placeholder('…')));
  } catch {
    return '(depends on the case)';
  }
}

/** Stands for any parameter: reads as `<name>` wherever a message puts it, whatever method it calls on it. */
function placeholder(name: string): unknown {
  const text = `<${name}>`;
  return new Proxy(() => text, {
    get(_, key) {
      if (key === Symbol.toPrimitive || key === 'toString' || key === 'valueOf') return () => text;
      if (key === Symbol.iterator) return () => [text][Symbol.iterator]();
      if (typeof key === 'symbol') return undefined;
      return name === '…' ? placeholder(key) : key === 'length' ? 1 : placeholder(name);
    },
    apply: () => placeholder(name),
  });
}
