import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { filesErrors } from './errors.ts';

/** The step that can run out of space; handed in by tests. */
export type WriteBytes = (path: string, content: string | Uint8Array) => Promise<void>;

/**
 * Writes a file so that a reader sees the old content or the new, never half of it, even after a power cut.
 * Makes missing folders. On failure the old file is untouched and nothing else is left.
 *
 * @throws AssayError `files/disk-full`, `files/unwritable`
 */
export async function writeAtomic(
  path: string,
  content: string | Uint8Array,
  write: WriteBytes = writeAndSync,
): Promise<void> {
  // In the same folder, since a rename is atomic within one file system only.
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await write(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw filesErrors.create('files/disk-full', { path }, error);
    throw filesErrors.create('files/unwritable', { path, reason: message }, error);
  }
}

/** JSON with two blanks of indentation and a line end, as formatters of committed files want it. */
export function writeJsonAtomic(path: string, value: unknown): Promise<void> {
  return writeAtomic(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

async function writeAndSync(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
