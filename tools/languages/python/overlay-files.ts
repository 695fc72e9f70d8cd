import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isImportable } from './importable.ts';
import { type PythonReferences, pythonReferences, refersTo } from './imports.ts';

/** Folders that hold tests and benchmarks, and nothing that is shipped unless they lie in a package. */
const TEST_FOLDERS = /^(tests?|bench|benches|benchmarks?|perf|performance)$/;
const DATA_FOLDERS = /^(fixtures|data|testdata|test_data|resources|snapshots)$/;
const BESIDE = ['conftest.py', 'pytest.ini', '.pytest.ini'];
const CODE = /\.(pyi?|pyx|pxd|so|pyd|c|cc|cpp|h|rs)$/;
/** `test_engine.py`, `bench_engine.py`, `engine_bench.py`: what is named so measures `engine.py`. */
const OF_MODULE = /^(?:(?:test|bench|benchmark|perf)s?_(.+)|(.+)_(?:test|bench|benchmark|perf)s?)\.py$/;
const SKIPPED = /^(__pycache__|node_modules|venv|env|build|dist|site-packages|.*\.egg-info|\..*)$/;
const MOST = 5_000;

/**
 * Files that belong to the benchmarks and not to the code under test, relative to the project root, sorted:
 *
 * - the benchmark files, and pytest's own configuration from there up to the project root;
 * - modules that they import from their folder of tests;
 * - data in that folder: in folders named after data, or named by the benchmarks.
 *
 * Nothing of that is lent which the product may use too: what lies in a package that the project ships, what other
 * modules import or name, what a benchmark beside it is named after. Lent, its regression could not be seen. Where
 * that is in doubt the base keeps its own copy: a benchmark that then does not run there is new, which is safe.
 */
export function overlayOf(projectRoot: string, files: readonly string[]): readonly string[] {
  const lent = new Set(files);
  for (const path of files.flatMap(pytestConfiguration))
    if (existsSync(join(projectRoot, path))) lent.add(path);
  const zones = [...new Set(files.map(zoneOf))];
  const own = projectFiles(projectRoot);
  const inZone = (path: string): boolean => zones.some((zone) => zone !== '' && path.startsWith(`${zone}/`));
  const read = reader(projectRoot);
  const product =
    own.length < MOST
      ? own.filter((path) => path.endsWith('.py') && !lent.has(path) && !isTesting(path))
      : [];
  const outside = product.filter((path) => !inZone(path));

  const shipped = new Set(zones.filter((zone) => zone !== '' && isImportable(projectRoot, zone)));
  const helpers = own.filter(
    (path) =>
      path.endsWith('.py') &&
      inZone(path) &&
      !lent.has(path) &&
      !shipped.has(zones.find((zone) => path.startsWith(`${zone}/`))!),
  );
  const used = closure([...outside.map(read)], helpers, read, namesakes(files));
  if (own.length < MOST) {
    const free = helpers.filter((path) => !used.has(path));
    for (const path of closure([...lent].filter((one) => one.endsWith('.py')).map(read), free, read))
      lent.add(path);
    const packages = [...lent].flatMap(packagesAbove);
    for (const path of free) if (packages.includes(path)) lent.add(path);
  }
  const lenders = [...lent].filter((path) => path.endsWith('.py'));
  const users = product.filter((path) => !lent.has(path)).map((path) => ({ path, ...read(path) }));
  for (const path of own) {
    if (CODE.test(path) || path.endsWith('.pyc') || lent.has(path)) continue;
    const packaged = shipped.has(zones.find((zone) => zone !== '' && path.startsWith(`${zone}/`)) ?? '');
    if (!isData(path, files, inZone) && !lenders.some((lender) => isNamed(path, lender, read(lender))))
      continue;
    if (!users.some((user) => mayRead(user, path, packaged))) lent.add(path);
  }
  return [...lent].sort();
}

/** The first folder of tests on the way to a file, from the project root; empty where it lies in none. */
function zoneOf(file: string): string {
  const folders = file.split('/').slice(0, -1);
  const top = folders.findIndex((name) => TEST_FOLDERS.test(name));
  return top === -1 ? '' : folders.slice(0, top + 1).join('/');
}

function pytestConfiguration(file: string): readonly string[] {
  const folders = file.split('/').slice(0, -1);
  return [...folders, ''].flatMap((_, depth) =>
    BESIDE.map((name) => [...folders.slice(0, depth), name].join('/')),
  );
}

/** `__init__.py` of the folders that a module lies in. */
function packagesAbove(path: string): readonly string[] {
  const folders = path.endsWith('.py') ? path.split('/').slice(0, -1) : [];
  return folders.map((_, depth) => [...folders.slice(0, depth + 1), '__init__.py'].join('/'));
}

function isTesting(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === 'conftest.py' || OF_MODULE.test(name);
}

/** Modules that those users import, and what these lead to; `seeds` count as imported. */
function closure(
  users: readonly PythonReferences[],
  modules: readonly string[],
  read: (path: string) => PythonReferences,
  seeds: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const found = new Set(modules.filter((path) => seeds.has(path)));
  let open = [...users, ...[...found].map(read)];
  while (open.length > 0) {
    const next = modules.filter((path) => !found.has(path) && open.some((user) => refersTo(user, path)));
    for (const path of next) found.add(path);
    open = next.map(read);
  }
  return found;
}

function namesakes(files: readonly string[]): ReadonlySet<string> {
  return new Set(
    files.flatMap((file) => {
      const match = OF_MODULE.exec(posix.basename(file));
      const module = match?.[1] ?? match?.[2];
      return module === undefined ? [] : [posix.join(posix.dirname(file), `${module}.py`)];
    }),
  );
}

/** In a folder of data within the folder of tests, or beside a benchmark. */
function isData(path: string, files: readonly string[], inZone: (path: string) => boolean): boolean {
  const folders = path.split('/').slice(0, -1);
  const at = folders.findIndex((name) => DATA_FOLDERS.test(name));
  if (at === -1) return false;
  const above = folders.slice(0, at).join('/');
  return inZone(path) || files.some((file) => file.split('/').slice(0, -1).join('/') === above);
}

/** Whether a string in a file leads to this one, from its folder or as the end of a longer path below it. */
function isNamed(path: string, by: string, { strings }: PythonReferences): boolean {
  const folder = posix.dirname(by);
  if (zoneOf(by) === '' || !path.startsWith(`${zoneOf(by)}/`)) return false;
  return strings.some((text) => {
    const target = posix.normalize(posix.join(folder, text));
    return path === target || (target.length > zoneOf(by).length && path.startsWith(`${target}/`));
  });
}

/** Whether a module may read the data: it names the file, or its folder by a path; in a package by its bare name. */
function mayRead(user: { readonly strings: readonly string[] }, path: string, packaged: boolean): boolean {
  const folders = path.split('/').slice(0, -1);
  return user.strings.some((text) => {
    const named = text.replace(/^(\.{1,2}\/)+/, '');
    if (named === posix.basename(path) || (named.includes('/') && `/${path}`.endsWith(`/${named}`)))
      return true;
    if (named.includes('/')) return `/${folders.join('/')}/`.includes(`/${named.replace(/\/$/, '')}/`);
    return packaged && folders.includes(named);
  });
}

function reader(projectRoot: string): (path: string) => PythonReferences {
  const known = new Map<string, PythonReferences>();
  return (path) => {
    const found = known.get(path) ?? pythonReferences(path, textOf(join(projectRoot, path)));
    known.set(path, found);
    return found;
  };
}

function textOf(path: string): string {
  try {
    return statSync(path).size > 1_000_000 ? '' : readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function projectFiles(root: string): readonly string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (found.length >= MOST) return;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) found.push(path);
      else if (
        entry.isDirectory() &&
        !SKIPPED.test(entry.name) &&
        !existsSync(join(root, path, 'pyvenv.cfg'))
      )
        visit(path);
    }
  };
  visit('');
  return found;
}
