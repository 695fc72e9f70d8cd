import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { drawFacts, type FactKind, type FactsByKind, type Parsers } from './file-facts.ts';

/** Outcome of reading one file: a malformed or unreadable one is a result with its reason. */
export type ReadFacts<T> =
  | { readonly state: 'read'; readonly facts: T }
  | { readonly state: 'failed'; readonly reason: string };

/** Reads facts of files; each file is read again only after its time, size or inode changed. */
export interface FactReader {
  read<K extends FactKind>(kind: K, file: string): ReadFacts<FactsByKind[K]>;
  /** Writes the disk cache if anything is new. Never throws: a cache is not worth a graph. */
  save(): void;
}

/** Raise it with every change of what is drawn from a file. */
const CACHE_VERSION = 1;
/** Of larger files only the beginning is read; a larger manifest is not a manifest. */
const MAX_BYTES = 4 * 1024 * 1024;

type Entry = readonly [signature: string, outcome: ReadFacts<unknown>];

/**
 * A reader over the workspace with a cache at `cachePath`. The signature is the file's state and not a
 * content hash: without the daemon Nx would first have to hash the whole workspace inside the plugin's
 * process, while a thousand `stat` calls cost some ten milliseconds.
 */
export function factReader(workspaceRoot: string, cachePath: string, parsers: Parsers): FactReader {
  const known = load(cachePath);
  const used = new Map<string, Entry>();
  let changed = false;
  return {
    read(kind, file) {
      const key = `${kind}:${file}`;
      const path = join(workspaceRoot, file);
      const signature = signatureOf(path);
      const cached = used.get(key) ?? known.get(key);
      if (cached !== undefined && cached[0] === signature && signature !== '') {
        used.set(key, cached);
        return cached[1] as ReadFacts<FactsByKind[typeof kind]>;
      }
      const outcome = readOnce(kind, path, parsers);
      used.set(key, [signature, outcome]);
      changed = true;
      return outcome;
    },
    save() {
      if (!changed) return;
      changed = false;
      store(cachePath, new Map([...known, ...used]), workspaceRoot);
    },
  };
}

function readOnce<K extends FactKind>(kind: K, path: string, parsers: Parsers): ReadFacts<FactsByKind[K]> {
  try {
    const text = readFileSync(path, 'utf8');
    const partial = kind === 'gobench' || kind === 'pybench' || kind === 'goimports';
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

/** Empty where the file cannot be looked at, which is never cached. */
function signatureOf(path: string): string {
  try {
    const { mtimeMs, ctimeMs, size, ino } = statSync(path);
    return `${mtimeMs}:${ctimeMs}:${size}:${ino}`;
  } catch {
    return '';
  }
}

function load(cachePath: string): Map<string, Entry> {
  try {
    const json = JSON.parse(readFileSync(cachePath, 'utf8')) as { version?: number; entries?: [] };
    return json.version === CACHE_VERSION ? new Map(json.entries) : new Map();
  } catch {
    return new Map();
  }
}

/** Entries of files that are gone are dropped once they are many; a cache must not grow for ever. */
function store(cachePath: string, entries: Map<string, Entry>, workspaceRoot: string): void {
  const temporary = `${cachePath}.${process.pid}.tmp`;
  try {
    const living = [...entries].filter(
      ([key]) => signatureOf(join(workspaceRoot, key.slice(key.indexOf(':') + 1))) !== '',
    );
    mkdirSync(dirname(cachePath), { recursive: true });
    writeFileSync(temporary, JSON.stringify({ version: CACHE_VERSION, entries: living }));
    renameSync(temporary, cachePath);
  } catch {
    rmSync(temporary, { force: true });
  }
}
