import { taskErrors } from './errors.ts';

/**
 * Refuses to measure where processes cannot be held in groups.
 *
 * @throws AssayError `task/unsupported-platform` on Windows
 */
export function requireProcessGroups(platform: NodeJS.Platform): void {
  if (platform === 'win32') throw taskErrors.create('task/unsupported-platform', { platform });
}
