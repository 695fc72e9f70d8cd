import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { type MavenKey, type PomFacts, pomFacts } from './pom.ts';

/** A Maven module of a tree. */
export interface MavenModule {
  /** Absolute folder. */
  readonly folder: string;
  /** Name of its manifest, `pom.xml` but for rare modules that name another. */
  readonly file: string;
  readonly pom: PomFacts;
}

/** What never holds a module: sources, results, other languages' dependencies. */
const skipped = new Set(['src', 'target', 'node_modules', 'venv']);

/** Nearest folder from `folder` up to `top` with a pom.xml. */
export function ownModule(folder: string, top: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'pom.xml'))) return at;
    if (at === top || at === dirname(at)) return undefined;
  }
}

/** All modules below a folder, sorted by folder; a pom that cannot be read is left out: Maven will complain. */
export async function findModules(top: string): Promise<readonly MavenModule[]> {
  const found: MavenModule[] = [];
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    if (entries.some((entry) => entry.name === 'pom.xml')) {
      const read = await readModule(join(folder, 'pom.xml'));
      if (read) found.push(read);
    }
    for (const entry of entries) {
      if (!entry.isDirectory() || entry.name.startsWith('.') || skipped.has(entry.name)) continue;
      await visit(join(folder, entry.name));
    }
  };
  await visit(top);
  return found.sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

async function readModule(path: string): Promise<MavenModule | undefined> {
  try {
    return { folder: dirname(path), file: basename(path), pom: pomFacts(await readFile(path, 'utf8')) };
  } catch {
    return undefined;
  }
}

/** A module and all of the tree that its build needs. */
export interface ModuleClosure {
  readonly own: MavenModule;
  /** Own, parents, and what they depend on in this tree, sorted by folder. */
  readonly modules: readonly MavenModule[];
  /** Keys of modules whose tests another one builds with. */
  readonly testJars: ReadonlySet<MavenKey>;
}

/**
 * Follows parents and dependencies within a tree. A name that two modules of the tree have means the one that is
 * nearer to the module asked about.
 *
 * @param all from `findModules`
 * @returns undefined where the folder's own pom.xml cannot be read
 */
export async function moduleClosure(
  folder: string,
  all: readonly MavenModule[],
  top: string,
): Promise<ModuleClosure | undefined> {
  const own = all.find((module) => module.folder === folder);
  if (own === undefined) return undefined;
  const seen = new Map<string, MavenModule>([[own.folder, own]]);
  const testJars = new Set<MavenKey>();
  for (const module of seen.values()) {
    const { parent, dependencies } = module.pom;
    const next: (MavenModule | undefined)[] = [];
    if (parent) next.push((await parentOf(module, all, top)) ?? byKey(parent.key, all, own));
    for (const { key, type } of dependencies) {
      const needed = byKey(key, all, own);
      if (needed && type === 'test-jar') testJars.add(key);
      next.push(needed);
    }
    for (const each of next) if (each && !seen.has(each.folder)) seen.set(each.folder, each);
  }
  const modules = [...seen.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
  return { own, modules, testJars };
}

/** The parent where Maven looks for it, if that is it and lies in the tree. */
async function parentOf(
  { folder, pom }: MavenModule,
  all: readonly MavenModule[],
  top: string,
): Promise<MavenModule | undefined> {
  if (!pom.parent || pom.parent.path === '') return undefined;
  const named = resolve(folder, pom.parent.path);
  if (!`${named}${sep}`.startsWith(`${top}${sep}`)) return undefined;
  const isFolder = await stat(named).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const path = isFolder ? join(named, 'pom.xml') : named;
  const known = all.find((module) => join(module.folder, module.file) === path) ?? (await readModule(path));
  return known?.pom.key === pom.parent.key ? known : undefined;
}

function byKey(key: MavenKey, all: readonly MavenModule[], own: MavenModule): MavenModule | undefined {
  const found = all.filter((module) => module.pom.key === key && module !== own);
  const shared = ({ folder }: MavenModule): number => {
    const [mine, theirs] = [own.folder.split(sep), folder.split(sep)];
    const differs = mine.findIndex((part, at) => part !== theirs[at]);
    return differs < 0 ? mine.length : differs;
  };
  return found.sort((a, b) => shared(b) - shared(a))[0];
}
