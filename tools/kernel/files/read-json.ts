import { open } from 'node:fs/promises';
import { filesErrors } from './errors.ts';

const DEFAULT_LIMIT = 64 * 1024 * 1024;

/**
 * Reads text, at most `limitBytes` of it: a file that grew wild must not take all memory.
 *
 * @throws AssayError `files/missing`, `files/unreadable`, `files/too-large`
 */
export async function readText(path: string, limitBytes: number = DEFAULT_LIMIT): Promise<string> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > limitBytes)
      throw filesErrors.create('files/too-large', { path, bytes: size, limit: limitBytes });
    return await file.readFile('utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('files/')) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw filesErrors.create('files/missing', { path }, error);
    throw filesErrors.create('files/unreadable', { path, reason: message }, error);
  }
}

/**
 * Reads a JSON file. The value is unchecked: hand it to a schema.
 *
 * @throws AssayError `files/malformed` (with line and column), `files/conflict-markers`, and those of `readText`
 */
export async function readJson(path: string, limitBytes: number = DEFAULT_LIMIT): Promise<unknown> {
  return parseJson(await readText(path, limitBytes), path);
}

/** As `readJson`, for text that is already there; `path` is for the message. */
export function parseJson(text: string, path: string): unknown {
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(clean) as unknown;
  } catch (error) {
    const marker = /^(?:<{7}|>{7}|={7})(?: |\r?$)/m.exec(clean);
    if (marker !== null) {
      throw filesErrors.create(
        'files/conflict-markers',
        { path, line: placeOf(clean, marker.index).line },
        error,
      );
    }
    const { message } = error as SyntaxError;
    throw filesErrors.create(
      'files/malformed',
      { path, reason: reasonOf(message), ...placeOf(clean, offsetOf(message, clean)) },
      error,
    );
  }
}

/** V8 names the position, save where the text just ends or the offending token is quoted in full. */
function offsetOf(message: string, text: string): number {
  const named = /at position (\d+)/.exec(message)?.[1];
  if (named !== undefined) return Number(named);
  const token = /^Unexpected token '(.+?)', (?:\.\.\.)?"([\s\S]*?)"(?:\.\.\.)? is not valid JSON$/.exec(
    message,
  );
  const start = token?.[2] === undefined ? -1 : text.indexOf(token[2]);
  if (token?.[1] !== undefined && start >= 0) return Math.max(start, text.indexOf(token[1], start));
  return text.length;
}

/** The part of V8's message that does not repeat the text or the position. */
function reasonOf(message: string): string {
  return message
    .replace(/, (?:\.\.\.)?"[\s\S]*is not valid JSON$/, '')
    .replace(/ at position \d+.*$/s, '')
    .replace(/ in JSON$/, '');
}

/** Both counted from 1. */
function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
