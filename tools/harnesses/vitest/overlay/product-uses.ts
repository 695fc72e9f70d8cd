import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix, relative } from 'node:path';
import { isRelative, meant, type Reference, references, spellings } from './references.ts';
import { isCode, isDoubtful, type Zones, zoneOf } from './zones.ts';

/** A source and the paths in it; relative to the project root. */
export interface Source {
  readonly path: string;
  readonly references: readonly Reference[];
}

/** Which of `paths` some of these sources may use: by a relative path, an alias, a glob, or a file's bare name. */
export function usedBy(
  sources: readonly Source[],
  paths: readonly string[],
  zones: Zones,
): ReadonlySet<string> {
  const known = paths.map((path) => wanted(path, zones));
  const words = [...new Set(known.flatMap(({ zone, path }) => [basename(zone), basename(path)]))];
  const used = new Set<string>();
  for (const source of sources) {
    const folder = posix.dirname(source.path);
    for (const reference of source.references) {
      if (isRelative(reference)) {
        const targets = meant(folder, reference.text);
        for (const one of known) if (leadsTo(reference, targets, one)) used.add(one.path);
      } else if (words.some((word) => reference.text.includes(word))) {
        for (const one of known) if (mentions(reference, one)) used.add(one.path);
      }
    }
  }
  return used;
}

interface Wanted {
  readonly path: string;
  readonly code: boolean;
  /** Spellings from the zone's own name on. */
  readonly tails: readonly string[];
  readonly zone: string;
}

function wanted(path: string, zones: Zones): Wanted {
  const zone = zoneOf(path, zones) ?? posix.dirname(path);
  const above = zone.includes('/') ? zone.slice(0, zone.lastIndexOf('/') + 1) : '';
  return { path, code: isCode(path), tails: spellings(path.slice(above.length)), zone };
}

function leadsTo(
  { text, open }: Reference,
  targets: readonly string[],
  { path, code, zone }: Wanted,
): boolean {
  const [target] = targets;
  if (target === undefined) return false;
  const within = target === zone || target.startsWith(`${zone}/`);
  if (!open) return targets.includes(path) || (!code && within && path.startsWith(`${target}/`));
  if (within) return path.startsWith(text.endsWith('/') ? `${target}/` : target);
  // A pattern over everything means a folder of benchmarks only where that may be a part of the product.
  return isDoubtful(zone) && (target === '.' || zone.startsWith(text.endsWith('/') ? `${target}/` : target));
}

function mentions({ text, open }: Reference, { path, code, tails, zone }: Wanted): boolean {
  const whole = `/${text.replace(/^[#@~]\/?/, '')}`;
  if (open) {
    const at = whole.lastIndexOf(`/${basename(zone)}/`);
    return at !== -1 && tails[0]!.startsWith(whole.slice(at + 1));
  }
  const bare = whole.replace(/\.[cm]?[jt]sx?$/, '');
  if (tails.some((tail) => tail.includes('/') && [whole, bare].some((one) => one.endsWith(`/${tail}`))))
    return true;
  if (code) return false;
  return text === basename(path) || (isDoubtful(zone) && text === basename(zone));
}

/** Zone files that manifests hand out: entry points of the package and targets of TypeScript's path aliases. */
export function publishedOf(
  projectRoot: string,
  paths: readonly string[],
  zones: Zones,
): ReadonlySet<string> {
  const sources: Source[] = [{ path: 'package.json', references: entryPoints(projectRoot) }];
  const folders = ancestors(projectRoot);
  for (const folder of folders) {
    for (const name of ['tsconfig.json', 'tsconfig.base.json', 'tsconfig.lib.json', 'project.json']) {
      const text = read(join(folder, name));
      const aliases =
        name === 'project.json'
          ? mainOf(text)
          : [...text.matchAll(/"paths"\s*:\s*\{([^}]*)\}/g)].map(([, block]) => block ?? '');
      const found = aliases.flatMap(references).map(({ text: path, open }) => ({
        text: here(relative(projectRoot, join(folder, path)), path),
        open,
      }));
      sources.push({ path: name, references: found });
    }
  }
  const published = new Set(usedBy(sources, paths, zones));
  const openBuild = entryPoints(projectRoot).some(({ open }) => open);
  // A pattern over the build's output hands out whatever lies among the sources.
  for (const path of paths) if (openBuild && isDoubtful(zoneOf(path, zones) ?? '')) published.add(path);
  return published;
}

/** As a path that is relative to the project root, and says so. */
function here(path: string, written: string): string {
  const posixPath = path.replaceAll('\\', '/');
  const trailing = written.endsWith('/') ? '/' : '';
  return posixPath.startsWith('..') ? posixPath : `./${posixPath}${trailing}`;
}

function entryPoints(projectRoot: string): readonly Reference[] {
  let manifest: Record<string, unknown>;
  try {
    manifest = JSON.parse(read(join(projectRoot, 'package.json')) || '{}') as Record<string, unknown>;
  } catch {
    return [];
  }
  const fields = ['main', 'module', 'types', 'typings', 'browser', 'bin', 'exports', 'imports'];
  const values = fields.flatMap((field) => strings(manifest[field]));
  // Relative to the package, and by the tail alone, which a path into the build's output shares with its source.
  const paths = values.map((value) => value.replace(/^\.\//, ''));
  return references(paths.flatMap((path) => [`"./${path}"`, `"${path}"`]).join('\n'));
}

function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

/** `main` of a build target: written relative to the workspace, which the tail of the path shows. */
function mainOf(text: string): readonly string[] {
  return [...text.matchAll(/"(?:main|entryFile|browser|index)"\s*:\s*("[^"]*")/g)].map(
    ([, path]) => path ?? '',
  );
}

/** The folder and those above, up to the root of the workspace or the repository. */
function ancestors(folder: string): readonly string[] {
  const found = [folder];
  for (let at = folder; found.length < 12; at = dirname(at)) {
    if (at !== folder) found.push(at);
    if (existsSync(join(at, '.git')) || existsSync(join(at, 'nx.json')) || at === dirname(at)) break;
  }
  return found;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
