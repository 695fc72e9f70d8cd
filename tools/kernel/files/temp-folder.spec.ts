import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Belonging } from '../process/belongings.ts';
import type { Guardian } from '../process/guardian.ts';
import { removeTree } from './remove-tree.ts';
import { scratchFolder } from './spec-scratch.ts';
import { createTempFolder } from './temp-folder.ts';

function recorder() {
  const owned: Belonging[] = [];
  const keeper: Guardian = {
    own: (one) => void owned.push(one),
    drop: (one) =>
      void owned.splice(
        0,
        owned.length,
        ...owned.filter((other) => JSON.stringify(other) !== JSON.stringify(one)),
      ),
    finish: async () => {},
  };
  return { owned, keeper };
}

describe('createTempFolder', () => {
  it('is watched from its making to its end', async () => {
    const { owned, keeper } = recorder();
    const folder = await createTempFolder('spec', keeper);
    expect(owned).toEqual([{ kind: 'folder', path: folder.path }]);
    expect(dirname(folder.path)).toBe(realpathSync(tmpdir()));
    expect(basename(folder.path)).toMatch(/^nx-assay-spec-.{6}$/);
    writeFileSync(join(folder.path, 'a'), '');
    await folder.remove();
    expect(existsSync(folder.path)).toBe(false);
    expect(owned).toEqual([]);
  });

  it('goes away at the end of its scope, also by an exception', async () => {
    const { keeper } = recorder();
    let path = '';
    const failing = async (): Promise<void> => {
      await using folder = await createTempFolder('spec', keeper);
      path = folder.path;
      throw new Error('no');
    };
    await expect(failing()).rejects.toThrow('no');
    expect(existsSync(path)).toBe(false);
  });
});

describe('removeTree', () => {
  it('removes folders without write permission and follows no link', async () => {
    const root = scratchFolder('remove spec');
    writeFileSync(join(root, 'precious'), 'kept');
    const tree = join(root, 'tree');
    mkdirSync(join(tree, 'mod'), { recursive: true });
    writeFileSync(join(tree, 'mod', 'file'), '', { mode: 0o444 });
    symlinkSync(root, join(tree, 'mod', 'link'));
    chmodSync(join(tree, 'mod'), 0o555);
    await removeTree(tree);
    expect(existsSync(tree)).toBe(false);
    expect(readFileSync(join(root, 'precious'), 'utf8')).toBe('kept');
    await removeTree(tree);
  });
});
