import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, type TomlTable } from 'smol-toml';

/** A Python project of the workspace, and where its importable packages are. */
export interface PythonProject {
  /** Distribution name, normalised: lower case, dashes. */
  readonly name: string;
  readonly folder: string;
  /** Top-level module → the folder to find it in. */
  readonly modules: Readonly<Record<string, string>>;
}

const SKIPPED = new Set(['node_modules', 'site-packages', '__pycache__', 'venv', 'dist', 'build', 'target']);

/** Top-level folders of a flat layout that are no packages (what setuptools leaves out, and `assay`). */
const NOT_PACKAGES =
  /^(ci|bin|debian|docs?|documentation|manpages|news|changelog|tests?|unit_?tests?|examples?|scripts|tools|utils?|python|build|dist|bench|benches|benchmarks?|exercises?|htmlcov|tasks|fixtures|assay|e2e)$/;
const NOT_MODULES =
  /^(setup|conftest|noxfile|tasks|fabfile|dodo|toxfile|manage|.*_test|test_.*|bench_.*|.*_bench|perf_.*)$/;

/** All Python projects below a workspace root; hidden folders, environments and build output are passed by. */
export function pythonProjects(workspaceRoot: string, depth = 6): readonly PythonProject[] {
  const found: PythonProject[] = [];
  const visit = (folder: string, left: number): void => {
    const entries = readdirSync(folder, { withFileTypes: true });
    const names = new Set(entries.filter((entry) => entry.isFile()).map((entry) => entry.name));
    if (['pyproject.toml', 'setup.py', 'setup.cfg'].some((name) => names.has(name))) {
      found.push(projectModules(folder));
    }
    if (left === 0) return;
    for (const entry of entries) {
      const inner = join(folder, entry.name);
      const skipped =
        SKIPPED.has(entry.name) || entry.name.startsWith('.') || entry.name.endsWith('.egg-info');
      if (entry.isDirectory() && !skipped && !existsSync(join(inner, 'pyvenv.cfg'))) visit(inner, left - 1);
    }
  };
  visit(workspaceRoot, depth);
  return found;
}

/** Name and modules of the one project in a folder. */
export function projectModules(folder: string): PythonProject {
  return { name: projectName(folder), folder, modules: modulesOf(folder) };
}

/** Normalised distribution name, as the Python packaging rules have it. */
export function normalise(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

function projectName(folder: string): string {
  const manifest = readToml(join(folder, 'pyproject.toml'));
  const poetry = ((manifest?.tool as TomlTable | undefined)?.poetry ?? {}) as TomlTable;
  const named = (manifest?.project as TomlTable | undefined)?.name ?? poetry.name ?? setupName(folder);
  return normalise(typeof named === 'string' && named !== '' ? named : basename(folder));
}

function setupName(folder: string): string | undefined {
  const config = join(folder, 'setup.cfg');
  const script = join(folder, 'setup.py');
  const fromConfig = existsSync(config)
    ? /^\s*name\s*=\s*([\w.-]+)/m.exec(readFileSync(config, 'utf8'))?.[1]
    : undefined;
  if (fromConfig !== undefined) return fromConfig;
  return existsSync(script)
    ? /\bname\s*=\s*['"]([\w.-]+)['"]/.exec(readFileSync(script, 'utf8'))?.[1]
    : undefined;
}

function modulesOf(folder: string): Record<string, string> {
  const source = join(folder, 'src');
  const root = existsSync(source) && !existsSync(join(source, '__init__.py')) ? source : folder;
  const flat = root === folder;
  const modules: Record<string, string> = {};
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      const usable = /^[A-Za-z_]\w*$/.test(entry.name) && !SKIPPED.has(entry.name);
      if (usable && !(flat && NOT_PACKAGES.test(entry.name)) && isPackage(join(root, entry.name), !flat))
        modules[entry.name] = root;
    } else if (entry.isFile()) {
      const name = /^([A-Za-z_]\w*)\.py$/.exec(entry.name)?.[1];
      if (name !== undefined && !(flat && NOT_MODULES.test(name))) modules[name] = root;
    }
  }
  return modules;
}

/** A folder with modules in it; `deep`: also a namespace whose packages lie further down. */
function isPackage(folder: string, deep: boolean): boolean {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && entry.name.endsWith('.py'))) return true;
  return entries.some(
    (entry) =>
      entry.isDirectory() &&
      /^[A-Za-z_]\w*$/.test(entry.name) &&
      (deep
        ? isPackage(join(folder, entry.name), true)
        : existsSync(join(folder, entry.name, '__init__.py'))),
  );
}

function readToml(path: string): TomlTable | undefined {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
