import { createHash } from 'node:crypto';

/**
 * A project name as the name of one folder: `pricing` stays, `@shop/checkout` becomes
 * `shop-checkout~1a2b3c4d`. Names that are safe on every file system stay as they are; all others get a
 * hash of the exact name behind a `~`, which no safe name contains, so that two never share a folder
 * (upper case counts as unsafe: some file systems do not tell it apart).
 */
export function escapeProjectName(project: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,79}$/.test(project) && !/\.$/.test(project) && !reserved.test(project)) {
    return project;
  }
  const readable = project
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
  const hash = createHash('sha256').update(project).digest('hex').slice(0, 8);
  return `${readable}~${hash}`;
}

/** Names that Windows keeps for devices, with any ending. */
const reserved = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?$/;
