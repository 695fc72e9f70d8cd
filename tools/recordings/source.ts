import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { filesErrors } from '../kernel/files/errors.ts';
import { parseJson, readText } from '../kernel/files/read-json.ts';
import { recordingsErrors } from './errors.ts';
import type { RecordedSource } from './recording-format.ts';

/** mitata writes 50 MB for two trivial benchmarks. */
const LIMIT_BYTES = 256 * 1024 * 1024;
/** Files of a folder that some format reads. */
const IN_FOLDERS =
  /(?:^|\/)new\/(?:sample|estimates|benchmark)\.json$|^(?:sample|estimates|benchmark)\.json$/;
/** A folder may hold this many of them. */
const MOST_FILES = 20_000;

/**
 * A recording from the disk, parsed as far as all formats share it. A file may be JSON, JSON by lines, or text; of a folder the
 * files are taken that Criterion keeps its newest results in.
 *
 * @param path absolute
 * @param shown the path as the user gave it, for messages
 * @throws AssayError `files/…`, `recordings/empty`, `recordings/truncated`, `recordings/bad-sample`
 */
export async function openSource(path: string, shown: string): Promise<RecordedSource> {
  if (await isFolder(path)) return { kind: 'folder', path: shown, files: await filesBelow(path, shown) };
  return parseSource(await readText(path, LIMIT_BYTES).catch((error) => rename(error, path, shown)), shown);
}

/** As `openSource`, for a text that is already there. */
export function parseSource(raw: string, path: string): RecordedSource {
  const text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw;
  if (text.trim() === '') throw recordingsErrors.create('recordings/empty', { path });
  if (!/^\s*[[{]/.test(text)) return { kind: 'text', path, text };
  try {
    return { kind: 'json', path, value: JSON.parse(text) as unknown };
  } catch {
    return jsonLines(text, path) ?? brokenJson(text, path);
  }
}

/** Several lines, each JSON by itself; the last one may be cut off, which is told. */
function jsonLines(text: string, path: string): RecordedSource | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const values: unknown[] = [];
  for (const [index, line] of lines.entries()) {
    try {
      values.push(JSON.parse(line));
    } catch {
      if (values.length === 0 || index < lines.length - 1) return undefined;
      const detail = 'its last line is not whole';
      throw recordingsErrors.create('recordings/truncated', { path, format: 'JSON by lines', detail });
    }
  }
  return values.length > 1 ? { kind: 'json-lines', path, values } : undefined;
}

function brokenJson(text: string, path: string): never {
  // Python writes NaN and Infinity into JSON, which has no such numbers.
  const number = /[:[,]\s*(-?(?:NaN|Infinity))\b/.exec(text)?.[1];
  if (number !== undefined) {
    const problem = `it holds ${number}`;
    throw recordingsErrors.create('recordings/bad-sample', { path, benchmark: 'a benchmark', problem });
  }
  parseJson(text, path);
  throw recordingsErrors.create('recordings/truncated', { path, format: 'JSON', detail: 'it is not whole' });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // reading it says what is wrong
  }
}

async function filesBelow(folder: string, shown: string): Promise<ReadonlyMap<string, unknown>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: Error) => {
    throw filesErrors.create('files/unreadable', { path: shown, reason: error.message }, error);
  });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => IN_FOLDERS.test(name))
    .sort()
    .slice(0, MOST_FILES);
  const files = new Map<string, unknown>();
  for (const name of names) {
    files.set(name, parseJson(await readText(join(folder, name), LIMIT_BYTES), `${shown}/${name}`));
  }
  return files;
}

/** Messages show the path that the user knows. */
function rename(error: unknown, path: string, shown: string): never {
  const { code, params } = error as { code?: string; params?: { path?: string; reason?: string } };
  if (code === 'files/missing' && params?.path === path) {
    throw filesErrors.create('files/missing', { path: shown }, error);
  }
  throw error;
}
