import { join, posix } from 'node:path';
import { isAssayError } from '../errors/assay-error.ts';
import { parseJson, readText } from '../files/read-json.ts';
import { writeJsonAtomic } from '../files/write-atomic.ts';
import { problemsOf } from '../report/problems.ts';
import { type AcceptedEntry, type AcceptedFile, acceptedSchema } from './accepted-schema.ts';
import { waiverErrors } from './errors.ts';

/** A reviewed file of a few entries: one larger than this is something else. */
const LIMIT_BYTES = 4 * 1024 * 1024;

/** Relative to the workspace root, POSIX separators. */
export function acceptedPath(projectRoot: string): string {
  return posix.join(projectRoot, 'assay/accepted.json');
}

/**
 * Reads what a project has accepted; empty where there is no file. Entries of all capabilities.
 *
 * @throws AssayError `accepted/invalid`, `accepted/duplicate`, `files/malformed`, `files/conflict-markers`,
 * `files/unreadable`, `files/too-large`
 */
export async function readAccepted(workspaceRoot: string, projectRoot: string): Promise<AcceptedFile> {
  const file = acceptedPath(projectRoot);
  try {
    return parseAccepted(await readText(join(workspaceRoot, file), LIMIT_BYTES), file);
  } catch (error) {
    if (isAssayError(error) && error.code === 'files/missing') return { accepted: [] };
    throw error;
  }
}

/** As `readAccepted`, for text that is already there; `file` is for the message. */
export function parseAccepted(text: string, file: string): AcceptedFile {
  const parsed = acceptedSchema.safeParse(parseJson(text, file));
  if (!parsed.success)
    throw waiverErrors.create('accepted/invalid', { file, problems: problemsOf(parsed.error) });
  const seen = new Set<string>();
  for (const entry of parsed.data.accepted) {
    const key = keyOf(entry);
    if (seen.has(key)) {
      const { subject, against, capability } = entry;
      throw waiverErrors.create('accepted/duplicate', { file, subject, against, capability });
    }
    seen.add(key);
  }
  return parsed.data;
}

/**
 * Adds an entry, in place of an older one for the same thing, and leaves out those that `isStale` names. Sorted, so
 * that two branches that accept different things seldom conflict. Pure.
 */
export function withEntry(
  file: AcceptedFile,
  entry: AcceptedEntry,
  isStale: (entry: AcceptedEntry) => boolean,
): AcceptedFile {
  const kept = file.accepted.filter((old) => keyOf(old) !== keyOf(entry) && !isStale(old));
  const accepted = [...kept, entry].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { ...file, accepted };
}

/**
 * Writes the file whole or not at all, with the line that lets an editor find its schema.
 *
 * @throws AssayError `files/disk-full`, `files/unwritable`
 */
export async function writeAccepted(
  workspaceRoot: string,
  projectRoot: string,
  { $schema, accepted }: AcceptedFile,
): Promise<void> {
  const file = acceptedPath(projectRoot);
  const schema = posix.join(
    posix.relative(posix.dirname(file), '.'),
    'node_modules/nx-assay/schemas/accepted.schema.json',
  );
  await writeJsonAtomic(join(workspaceRoot, file), { $schema: $schema ?? schema, accepted });
}

function keyOf({ capability, against, subject }: AcceptedEntry): string {
  return [capability, subject, against].join('\0');
}
