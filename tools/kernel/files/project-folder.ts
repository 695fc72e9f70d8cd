import { createHash } from 'node:crypto';
import { join } from 'node:path';

const LONGEST = 120;

/**
 * A project's name as the name of one flat folder: `@shop/pricing` becomes `%40shop%2Fpricing`. Safe on every
 * file system, and different for different names, also where only the case differs and the disk ignores it.
 */
export function escapeProjectName(name: string): string {
  const escaped = Array.from(new TextEncoder().encode(name), escapeByte).join('');
  const safe = escaped.replace(/^\./, '%2E').replace(/\.$/, '%2E');
  if (safe !== '' && safe.length <= LONGEST) return safe;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `${safe.slice(0, LONGEST - 17)}%${digest}`;
}

/** Bytes and not characters, so that a name in any script gives ASCII. `^` marks a capital letter. */
function escapeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  if (/[a-z0-9._-]/.test(character)) return character;
  if (/[A-Z]/.test(character)) return `^${character}`;
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Folder of a capability's results for a project, relative to the workspace root, POSIX separators. */
export function resultFolder(capability: string, project: string): string {
  return `.assay/${capability}/${escapeProjectName(project)}`;
}

/** As `resultFolder`, absolute. */
export function resultPath(workspaceRoot: string, capability: string, project: string): string {
  return join(workspaceRoot, resultFolder(capability, project));
}
