import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';
import { pinningFolder } from './manifests.ts';

/** How to add missing packages, by the tool that the project's lockfile speaks of. */
export function installRemedy(packages: readonly string[], python: string, side: Side): string {
  const folder = pinningFolder(side.projectRoot, side.workspaceRoot);
  const has = (name: string): boolean => folder !== undefined && existsSync(join(folder, name));
  const names = packages.join(' ');
  if (has('uv.lock')) return `Add it: uv add --dev ${names}`;
  if (has('poetry.lock')) return `Add it: poetry add --group dev ${names}`;
  if (has('pdm.lock')) return `Add it: pdm add -d ${names}`;
  return `Install it: ${python} -m pip install ${names} (or, with uv: uv add --dev ${names})`;
}
