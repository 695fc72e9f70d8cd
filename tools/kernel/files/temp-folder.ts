import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Guardian, guardian } from '../process/guardian.ts';
import { removeTree } from './remove-tree.ts';
import { TEMP_PREFIX } from './temp-name.ts';

export interface TempFolder extends AsyncDisposable {
  /** Absolute real path. */
  readonly path: string;
  /** Removes it with all that is in it. Disposal does so too; where it fails, the guardian tries again at our end. */
  remove(): Promise<void>;
}

/**
 * Makes a temporary folder that goes away with us, however we end.
 *
 * @param purpose a word for its name, so that a reader of `ls` knows what it is
 */
export async function createTempFolder(purpose: string, keeper: Guardian = guardian()): Promise<TempFolder> {
  const parent = await realpath(tmpdir());
  const path = await mkdtemp(join(parent, `${TEMP_PREFIX}${purpose}-`));
  keeper.own({ kind: 'folder', path });
  const remove = async (): Promise<void> => {
    await removeTree(path);
    keeper.drop({ kind: 'folder', path });
  };
  return { path, remove, [Symbol.asyncDispose]: () => remove().catch(() => {}) };
}
