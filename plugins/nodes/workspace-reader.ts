import { join } from 'node:path';
import { workspaceDataDirectory } from '../../tools/nx/workspace-data.ts';
import { parseYaml } from '../../tools/nx/yaml.ts';
import { type FactReader, factReader } from '../facts/fact-cache.ts';

/**
 * The reader of a workspace, with its disk cache in Nx's workspace data folder.
 *
 * @param files the files that may be read: the TOML parser is loaded only where there is TOML
 */
export async function workspaceReader(workspaceRoot: string, files: readonly string[]): Promise<FactReader> {
  const toml = files.some((file) => file.endsWith('pyproject.toml'))
    ? (await import('smol-toml')).parse
    : () => ({});
  return factReader(workspaceRoot, join(workspaceDataDirectory(workspaceRoot), 'nx-assay-facts.json'), {
    toml,
    yaml: (text) => parseYaml(text, workspaceRoot),
  });
}
