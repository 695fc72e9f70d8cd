import { isAbsolute, join } from 'node:path';
import { nxInternal } from './host.ts';

/** Folder in which Nx keeps this checkout's graph and its plugins' caches. */
export function workspaceDataDirectory(workspaceRoot: string): string {
  const internal = nxInternal<(root: string) => string>(
    workspaceRoot,
    'nx/src/utils/cache-directory',
    'workspaceDataDirectoryForWorkspace',
  );
  try {
    const found = internal?.(workspaceRoot);
    if (typeof found === 'string') return found;
  } catch {
    // Nx refuses folders that others may write to; then we use the default of its documentation.
  }
  const configured = process.env.NX_WORKSPACE_DATA_DIRECTORY ?? process.env.NX_PROJECT_GRAPH_CACHE_DIRECTORY;
  if (configured === undefined) return join(workspaceRoot, '.nx', 'workspace-data');
  return isAbsolute(configured) ? configured : join(workspaceRoot, configured);
}

/**
 * Folder of Nx's local cache. What must travel with cached results lies there: CI saves and restores it, and
 * `nx reset` empties it.
 */
export function cacheDirectory(workspaceRoot: string): string {
  const internal = nxInternal<(root: string) => string>(
    workspaceRoot,
    'nx/src/utils/cache-directory',
    'cacheDirectoryForWorkspace',
  );
  try {
    const found = internal?.(workspaceRoot);
    if (typeof found === 'string') return found;
  } catch {
    // as above
  }
  const configured = process.env.NX_CACHE_DIRECTORY;
  if (configured === undefined) return join(workspaceRoot, '.nx', 'cache');
  return isAbsolute(configured) ? configured : join(workspaceRoot, configured);
}
