import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

export interface Place {
  /** Relative to the repository root, POSIX separators. */
  readonly file: string;
  readonly line: number;
}

/** Frames of the driver itself are of no interest to the reader. */
const OWN = /[\\/](harnesses[\\/]vitest[\\/](runtime[\\/]|driver-main)|nx-assay[\\/]dist[\\/])/;

/**
 * Finds where in the user's sources a stack begins. The source map is read here and not by Node, since
 * Node would parse it at start-up of every process.
 */
export function sourcePlace(stack: string | undefined, bundle: string, root: string): Place | undefined {
  try {
    const map = mapOf(bundle);
    for (const [, line, column] of (stack ?? '').matchAll(/\.mjs:(\d+):(\d+)/g)) {
      const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (!('originalSource' in entry)) continue;
      const path = resolve(dirname(bundle), entry.originalSource);
      if (OWN.test(path) || entry.originalSource.includes('<stdin>')) continue;
      return { file: relative(root, path).replaceAll('\\', '/'), line: entry.originalLine + 1 };
    }
  } catch {
    // no map, no line
  }
  return undefined;
}

type SourceMap = import('node:module').SourceMap;
const maps = new Map<string, SourceMap>();

function mapOf(bundle: string): SourceMap {
  const known = maps.get(bundle);
  if (known) return known;
  const { SourceMap: Parser } = process.getBuiltinModule('node:module');
  const map = new Parser(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')));
  maps.set(bundle, map);
  return map;
}
