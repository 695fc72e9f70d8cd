import { isAbsolute, relative, resolve } from 'node:path';
import type { Side } from '../harness.ts';
import { type CommandSetting, fillIn } from './command-settings.ts';

export type WorkingFolder =
  | { readonly state: 'inside'; readonly path: string }
  | { readonly state: 'outside'; readonly reason: string };

/** Where a command runs on a side: never outside of that side's tree. */
export function workingFolder({ cwd }: CommandSetting, side: Side): WorkingFolder {
  const path = resolve(side.projectRoot, fillIn(cwd, side));
  const outside = relative(side.repoRoot, path);
  return isAbsolute(outside) || outside.split(/[\\/]/)[0] === '..'
    ? { state: 'outside', reason: `its cwd leaves the repository: ${cwd}` }
    : { state: 'inside', path };
}
