import { constants, existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const OTHER: Readonly<Record<string, string>> = { base: 'head', head: 'base' };

/**
 * Gives a side that has never been built what the other side's target folder holds: third-party crates are the same
 * for both and need compiling once only. The packages of the tree are compiled anew by each side all the same.
 *
 * @param targetFolder `…/base` or `…/head`
 */
export async function seedTarget(targetFolder: string): Promise<void> {
  const other = OTHER[basename(targetFolder)];
  if (other === undefined || existsSync(targetFolder)) return;
  const from = join(dirname(targetFolder), other, 'release');
  if (!existsSync(from)) return;
  const draft = `${targetFolder}.draft-${process.pid}`;
  const options = { recursive: true, preserveTimestamps: true, mode: constants.COPYFILE_FICLONE };
  try {
    await mkdir(join(draft, 'release'), { recursive: true });
    // Fingerprints first: what they vouch for was whole before they were written.
    for (const part of ['.fingerprint', 'build', 'deps']) {
      if (existsSync(join(from, part))) await cp(join(from, part), join(draft, 'release', part), options);
    }
    await rename(draft, targetFolder);
  } catch {
    await rm(draft, { recursive: true, force: true }); // it only costs time
  }
}
