import type { FactReader } from '../facts/fact-cache.ts';
import type { PackageFacts } from '../facts/package-json.ts';
import { baseName, folderOf, inFolder } from '../facts/paths.ts';
import type { ProjectJsonFacts } from '../facts/project-json.ts';
import { packageMatcher } from '../facts/workspace-packages.ts';
import type { Warn } from './warnings.ts';

/** A folder that Nx or another plugin makes a project of, whatever we do. */
export interface KnownRoot {
  readonly root: string;
  readonly name: string;
  readonly pack: PackageFacts | undefined;
  readonly project: ProjectJsonFacts | undefined;
  /** Another plugin's project: we must say its name, since no manifest does. */
  readonly attached: boolean;
}

interface Manifests {
  readonly packages: readonly string[];
  readonly projects: readonly string[];
}

/**
 * The roots that surely are projects, with the names that Nx will give them. A root whose manifest cannot
 * be read is left out: Nx reports that itself, and a node without a name would fail the whole graph.
 */
export function knownRoots(
  files: readonly string[],
  attach: Readonly<Record<string, string>> | undefined,
  workspaceRoot: string,
  reader: FactReader,
  warn: Warn,
): ReadonlyMap<string, KnownRoot> {
  const roots = new Map<string, KnownRoot>();
  const manifests: Manifests = {
    packages: files.filter((file) => baseName(file) === 'package.json'),
    projects: files.filter((file) => baseName(file) === 'project.json'),
  };
  const isPackage = workspaceMatcher(files, workspaceRoot, reader, warn);
  const besides = new Set(manifests.projects.map(folderOf));
  const packs = new Map<string, PackageFacts>();
  const broken = new Set<string>();
  for (const file of manifests.packages) {
    const folder = folderOf(file);
    if (!isPackage(file) && !besides.has(folder)) continue;
    const read = reader.read('package', file);
    if (read.state === 'read') packs.set(folder, read.facts);
    else {
      broken.add(folder);
      warn(`${file} is left out: ${read.reason}.`);
    }
  }
  for (const [folder, pack] of packs) {
    const name = pack.nxName ?? pack.name ?? (folder === '.' ? undefined : derivedName(folder));
    if (name === undefined) continue;
    roots.set(folder, { root: folder, name, pack, project: undefined, attached: false });
  }
  for (const file of manifests.projects) {
    const read = reader.read('project', file);
    if (read.state === 'failed') {
      roots.delete(folderOf(file));
      warn(`${file} is left out: ${read.reason}.`);
      continue;
    }
    const root = read.facts.root ?? folderOf(file);
    const pack = packs.get(root);
    const name = read.facts.name ?? roots.get(root)?.name ?? derivedName(root);
    if (name === undefined || broken.has(root)) continue;
    roots.set(root, { root, name, pack, project: read.facts, attached: false });
  }
  for (const [root, name] of Object.entries(attach ?? {})) {
    const plain = root.replace(/^\.\/|\/+$/g, '') || '.';
    if (typeof name !== 'string' || name === '' || roots.has(plain) || broken.has(plain)) continue;
    roots.set(plain, { root: plain, name, pack: undefined, project: undefined, attached: true });
  }
  return roots;
}

/** Nx names a project without a name after its folder; the root folder has none. */
function derivedName(folder: string): string | undefined {
  return folder === '.' ? undefined : baseName(folder).toLowerCase();
}

function workspaceMatcher(
  files: readonly string[],
  workspaceRoot: string,
  reader: FactReader,
  warn: Warn,
): (file: string) => boolean {
  const present = new Set(files);
  const rootPackage = present.has('package.json') ? reader.read('package', 'package.json') : undefined;
  if (rootPackage?.state === 'failed') warn(`package.json is left out: ${rootPackage.reason}.`);
  const pack = rootPackage?.state === 'read' ? rootPackage.facts : undefined;
  return packageMatcher(
    {
      hasRootPackage: pack !== undefined,
      rootHasNx: pack?.hasNx ?? false,
      workspaces: pack?.workspaces ?? [],
      pnpm: listIn('pnpm', 'pnpm-workspace.yaml') ?? [],
      lerna: listIn('lerna', 'lerna.json'),
    },
    workspaceRoot,
  );

  function listIn(kind: 'pnpm' | 'lerna', file: string): readonly string[] | undefined {
    if (!present.has(file)) return undefined;
    const read = reader.read(kind, file);
    if (read.state === 'read') return read.facts;
    warn(`${file} is left out: ${read.reason}.`);
    return undefined;
  }
}

/** Path of a manifest in a root, as Nx writes it. */
export function manifestIn(root: string, name: string): string {
  return inFolder(root, name);
}
