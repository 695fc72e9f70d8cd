import { parseJson, type Tree } from '@nx/devkit';
import { generatorErrors } from '../errors.ts';

/**
 * An object from a JSON file of the tree; comments are allowed.
 *
 * @throws AssayError `generator/broken-json`
 */
export function readJsonObject(tree: Tree, file: string): Record<string, unknown> {
  try {
    const value: unknown = parseJson(tree.read(file, 'utf-8') ?? '');
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Error('it is not an object');
    return value as Record<string, unknown>;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw generatorErrors.create('generator/broken-json', { file, reason }, error);
  }
}
