import { globSync, readFileSync, statSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { SKIPPED } from '../discover.ts';
import { publishedOf, type Source, usedBy } from './product-uses.ts';
import { isRelative, meant, references } from './references.ts';
import {
  isCode,
  isDataFolder,
  isDoubtful,
  isNamedBenchmark,
  isProductSource,
  isTest,
  type Zones,
  zoneOf,
  zonesOf,
} from './zones.ts';

/** With more sources than this, who uses what is not looked for, and no code but the benchmarks is lent. */
const MOST_SOURCES = 5_000;
const MOST_BYTES = 1_000_000;
const CONFIGURATION = /(?:\.config|\.workspace|rc)\.[cm]?[jt]s$/;

/**
 * Files that belong to the benchmarks and not to the code under test, relative to the project root, sorted:
 *
 * - the benchmark files themselves;
 * - what they import or name, and lies in their own folder named after benchmarks or in one of fixtures;
 * - data in folders of fixtures (`fixtures`, `__fixtures__`, in a folder of benchmarks also `data`).
 *
 * Nothing of that is lent which the product may use too: what other sources import or name, what the package's
 * entry points or path aliases lead to, what a benchmark beside it is named after (`engine.bench.ts` measures
 * `engine.ts`), and what these lead to. Lent, its regression could not be seen. Where that is in doubt the base
 * keeps its own copy: a benchmark that then does not run there is new, which is safe.
 */
export function overlayOf(projectRoot: string, files: readonly string[]): readonly string[] {
  const zones = zonesOf(files);
  const benchmarks = new Set(files);
  const own = projectFiles(projectRoot);
  const existing = new Set(own);
  const source = sourceReader(projectRoot);

  const reached = reachedFrom(files, existing, zones, source);
  for (const path of own) {
    if (!isCode(path) && isDataFolder(posix.dirname(path), zones) && lies(path, zones)) reached.add(path);
  }
  for (const file of files) reached.delete(file);
  if (reached.size === 0) return [...benchmarks].sort();

  const code = own.filter(isCode);
  const sure = code.length <= MOST_SOURCES;
  const inZones = code.filter((path) => zoneOf(path, zones) !== undefined && !isBenchmark(path));
  const candidates = [...new Set([...inZones, ...reached])];
  const product = new Set([
    ...publishedOf(projectRoot, candidates, zones),
    ...namesakes([...files, ...inZones.filter((path) => isTest(path) && inDoubt(path))], candidates),
    ...inZones.filter((path) => !reached.has(path) && !isTest(path) && inDoubt(path)),
  ]);
  const zoned = new Set(inZones);
  const others = own.filter(
    (path) => sure && isProductSource(path) && !zoned.has(path) && !isBenchmark(path),
  );
  for (let users = [...others, ...[...product].filter(isCode)]; users.length > 0; ) {
    const open = candidates.filter((path) => !product.has(path));
    const used = [...usedBy(users.map(source), open, zones)];
    for (const path of used) product.add(path);
    users = used.filter(isCode);
  }
  const lent = [...reached].filter((path) => !product.has(path) && (sure || !isCode(path)));
  return [...benchmarks, ...lent].sort();

  function isBenchmark(path: string): boolean {
    return benchmarks.has(path) || isNamedBenchmark(path);
  }
  function inDoubt(path: string): boolean {
    return isDoubtful(zoneOf(path, zones) ?? '');
  }
}

/** What benchmark files import or name within their zones, and what that leads to. */
function reachedFrom(
  files: readonly string[],
  existing: ReadonlySet<string>,
  zones: Zones,
  source: (path: string) => Source,
): Set<string> {
  const reached = new Set<string>();
  const queue = [...files];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    for (const reference of source(path).references) {
      if (!isRelative(reference) || reference.open) continue;
      const targets = meant(posix.dirname(path), reference.text);
      const [folder] = targets;
      const file = targets.find((target) => existing.has(target));
      if (file !== undefined && zoneOf(file, zones) !== undefined && !reached.has(file)) {
        reached.add(file);
        if (isCode(file)) queue.push(file);
      } else if (file === undefined && folder !== undefined && isDataFolder(folder, zones)) {
        for (const one of existing) if (one.startsWith(`${folder}/`) && !isCode(one)) reached.add(one);
      }
    }
  }
  return reached;
}

/** Whether a folder of data belongs to the benchmarks without being named: in their folder, or fixtures beside them. */
function lies(path: string, zones: Zones): boolean {
  if (zones.bench.some((zone) => path.startsWith(`${zone}/`))) return true;
  const zone = zoneOf(path, zones);
  return zone !== undefined && basename(zone) !== 'data' && zones.beside.includes(posix.dirname(zone));
}

/** `engine.ts` beside `engine.bench.ts` is what that measures. */
function namesakes(files: readonly string[], paths: readonly string[]): readonly string[] {
  const measured = new Set(
    files
      .filter((file) => isNamedBenchmark(file) || isTest(file))
      .map((file) => file.replace(/\.[^./]+\.[cm]?[jt]sx?$/, '')),
  );
  return paths.filter((path) => isCode(path) && measured.has(path.replace(/\.[^./]+$/, '')));
}

function sourceReader(projectRoot: string): (path: string) => Source {
  const read = new Map<string, Source>();
  return (path) => {
    const known = read.get(path) ?? { path, references: referencesIn(join(projectRoot, path)) };
    read.set(path, known);
    return known;
  };
}

function referencesIn(path: string): Source['references'] {
  try {
    if (statSync(path).size > MOST_BYTES) return [];
    const found = references(readFileSync(path, 'utf8'));
    // The globs of a tool's configuration say what it looks at, not what the product uses.
    return CONFIGURATION.test(path) ? found.filter(({ open }) => !open) : found;
  } catch {
    return [];
  }
}

/** All files of a project, without what is installed or built. */
function projectFiles(projectRoot: string): readonly string[] {
  const found = globSync('**/*', {
    cwd: projectRoot,
    withFileTypes: true,
    exclude: (entry) => SKIPPED.has(entry.name),
  });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(projectRoot.length + 1)
        .replaceAll('\\', '/'),
    );
}
