import { createHash } from 'node:crypto';
import { baseName } from '../facts/paths.ts';
import type { Warn } from './warnings.ts';

/** A folder that becomes a project, with the name that its manifest gives it, if any. */
export interface Nameless {
  readonly root: string;
  readonly declared: string | undefined;
  readonly manifest: string;
}

/**
 * Names for the folders that we make projects of. Two projects of one name fail the whole graph, so a name
 * that is taken, or declared twice, becomes the path (`services/pricing` → `services-pricing`). Which of
 * two gets its path does not depend on their order: both do.
 *
 * @param taken names of all other projects
 * @returns name by root
 */
export function chooseNames(
  folders: readonly Nameless[],
  taken: ReadonlySet<string>,
  warn: Warn,
): ReadonlyMap<string, string> {
  const wanted = folders.map((folder) => ({
    ...folder,
    name: plainName(folder.declared) ?? ownName(folder.root),
  }));
  const counts = new Map<string, number>();
  for (const { name } of wanted) counts.set(name, (counts.get(name) ?? 0) + 1);
  const used = new Set(taken);
  for (const { name } of wanted) if (counts.get(name) === 1 && !taken.has(name)) used.add(name);
  const names = new Map<string, string>();
  for (const { root, name, manifest } of wanted) {
    if (counts.get(name) === 1 && !taken.has(name)) {
      names.set(root, name);
      continue;
    }
    const path = pathName(root, used);
    used.add(path);
    names.set(root, path);
    warn(`the name '${name}' of ${manifest} is used by another project; this one is called '${path}'.`);
  }
  return names;
}

/** `services/pricing` → `services-pricing`, with a hash where even that is taken. */
export function pathName(root: string, used: ReadonlySet<string>): string {
  const plain = root === '.' ? 'workspace-root' : (plainName(root.replaceAll('/', '-')) ?? 'project');
  if (!used.has(plain)) return plain;
  return `${plain}-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`;
}

function ownName(root: string): string {
  return root === '.' ? 'workspace-root' : (plainName(baseName(root).toLowerCase()) ?? 'project');
}

/** Names go into command lines and task ids: only letters, digits and `@ / . _ -` stay. */
function plainName(name: string | undefined): string | undefined {
  const plain = name?.trim().replace(/[^\p{L}\p{N}@/._-]+/gu, '-');
  return plain === undefined || /^[-./]*$/.test(plain) ? undefined : plain;
}
