import { join } from 'node:path';
import { workspaceDataDirectory } from '../../tools/nx/workspace-data.ts';
import { parseYaml } from '../../tools/nx/yaml.ts';
import { type CachedFactReader, factReader, type Signature } from '../facts/fact-cache.ts';

/**
 * A reader of a workspace, with its disk cache in Nx's workspace data folder.
 *
 * @param cache name of the cache; two readers with different signatures must not share one
 * @param files the files that may be read: the TOML parser is loaded only where there is TOML
 */
export async function workspaceReader(
  workspaceRoot: string,
  cache: string,
  signature: Signature,
  files: readonly string[],
): Promise<CachedFactReader> {
  const toml = files.some((file) => file.endsWith('pyproject.toml'))
    ? (await import('smol-toml')).parse
    : () => ({});
  return factReader(workspaceRoot, cachePath(workspaceRoot, cache), signature, {
    toml,
    yaml: (text) => parseYaml(text, workspaceRoot),
  });
}

/** Where our caches lie: beside Nx's own, so that `nx reset` removes them too. */
export function cachePath(workspaceRoot: string, cache: string): string {
  return join(workspaceDataDirectory(workspaceRoot), `nx-assay-${cache}.json`);
}
