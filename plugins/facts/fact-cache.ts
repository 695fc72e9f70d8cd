import { readFileSync, statSync } from 'node:fs';
import { drawFacts, type FactKind, type FactsByKind, type Parsers } from './file-facts.ts';
import { writeCache } from './write-cache.ts';

/** Outcome of reading one file: a malformed or unreadable one is a result with its reason. */
export type ReadFacts<T> =
  | { readonly state: 'read'; readonly facts: T }
  | { readonly state: 'failed'; readonly reason: string };

/** Reads facts of files; each file is read again only after it changed. */
export interface FactReader {
  read<K extends FactKind>(kind: K, file: string): ReadFacts<FactsByKind[K]>;
  /** Writes the disk cache if anything is new. Never throws: a cache is not worth a graph. */
  save(): void;
}

/** A reader that can say what it has looked at. */
export interface CachedFactReader extends FactReader {
  /** All files read so far, each with the signature that it had. */
  reads(): readonly (readonly [file: string, signature: string])[];
}

/**
 * Something that changes whenever a file changes, empty where the file cannot be looked at.
 *
 * @param file relative to the workspace root
 */
export type Signature = (file: string) => string;

/** Raise it with every change of what is drawn from a file. */
const CACHE_VERSION = 2;
/** Of larger files only the beginning is read; a larger manifest is not a manifest. */
const MAX_BYTES = 4 * 1024 * 1024;

type Entry = readonly [signature: string, outcome: ReadFacts<unknown>];

/** A reader over the workspace with a cache on disk. What was not read since the last save is forgotten. */
export function factReader(
  workspaceRoot: string,
  cachePath: string,
  signature: Signature,
  parsers: Parsers,
): CachedFactReader {
  let known: Map<string, Entry> | undefined;
  const used = new Map<string, Entry>();
  let changed = false;
  return {
    read(kind, file) {
      const key = `${kind}:${file}`;
      const earlier = used.get(key);
      if (earlier !== undefined) return earlier[1] as ReadFacts<FactsByKind[typeof kind]>;
      known ??= load(cachePath);
      const now = signature(file);
      const cached = known.get(key);
      if (cached !== undefined && cached[0] === now && now !== '') {
        used.set(key, cached);
        return cached[1] as ReadFacts<FactsByKind[typeof kind]>;
      }
      const outcome = readOnce(kind, `${workspaceRoot}/${file}`, parsers);
      used.set(key, [now, outcome]);
      changed = true;
      return outcome;
    },
    save() {
      if (!changed && used.size === known?.size) return;
      changed = false;
      writeCache(cachePath, JSON.stringify({ version: CACHE_VERSION, entries: [...used] }));
    },
    reads: () => [...used].map(([key, [now]]) => [key.slice(key.indexOf(':') + 1), now]),
  };
}

/**
 * The state of a file as the file system tells it. No content hash: without the daemon Nx would first have
 * to hash the whole workspace inside the plugin's process, while a thousand of these cost some ten
 * milliseconds.
 */
export function fileState(workspaceRoot: string): Signature {
  return (file) => {
    try {
      const stats = statSync(`${workspaceRoot}/${file}`, { throwIfNoEntry: false });
      return stats === undefined ? '' : `${stats.mtimeMs}:${stats.ctimeMs}:${stats.size}:${stats.ino}`;
    } catch {
      return '';
    }
  };
}

function readOnce<K extends FactKind>(kind: K, path: string, parsers: Parsers): ReadFacts<FactsByKind[K]> {
  try {
    const text = readFileSync(path, 'utf8');
    const partial = kind === 'gobench' || kind === 'pybench' || kind === 'javabench' || kind === 'goimports';
    if (text.length > MAX_BYTES && !partial)
      return { state: 'failed', reason: 'the file is larger than 4 MiB' };
    if (!partial && /^(?:<{7} |>{7} )/m.test(text)) {
      return { state: 'failed', reason: 'it holds conflict markers' };
    }
    return { state: 'read', facts: drawFacts(kind, text.slice(0, MAX_BYTES), parsers) };
  } catch (error) {
    return { state: 'failed', reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n', 1)[0] as string).slice(0, 200);
}

function load(cachePath: string): Map<string, Entry> {
  try {
    const json = JSON.parse(readFileSync(cachePath, 'utf8')) as { version?: number; entries?: [] };
    return json.version === CACHE_VERSION ? new Map(json.entries) : new Map();
  } catch {
    return new Map();
  }
}
