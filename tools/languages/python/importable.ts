import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type TomlTable } from 'smol-toml';
import { projectModules } from './projects.ts';

/** Tables of pyproject.toml that say what is shipped and what starts it. */
const BUILDERS = ['setuptools', 'poetry', 'hatch', 'flit', 'pdm', 'uv', 'maturin', 'scikit-build', 'pixi'];

/**
 * Whether a folder may lie in something that the project ships: in a package that its layout shows, or one that
 * its manifest names or has as its own name.
 *
 * @param folder relative to the project root, not empty
 */
export function isImportable(projectRoot: string, folder: string): boolean {
  const parts = folder.split('/');
  const { name, modules } = projectModules(projectRoot);
  for (const [module, root] of Object.entries(modules)) {
    const path = join(root, module);
    if (`${join(projectRoot, folder)}/`.startsWith(`${path}/`)) return true;
  }
  if (parts[0] === 'src' || parts[0] === 'lib') return true;
  const top = parts[0]!;
  return top.toLowerCase().replaceAll('_', '-') === name || shipped(projectRoot).has(top);
}

/** First parts of all paths and dotted names by which manifests name packages and entry points. */
function shipped(projectRoot: string): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (text: string): void => {
    const first = /^(?:\.?\/)?([A-Za-z_]\w*)/.exec(text)?.[1];
    if (first !== undefined) found.add(first);
  };
  try {
    const manifest = parse(read(join(projectRoot, 'pyproject.toml')));
    const project = (manifest.project ?? {}) as TomlTable;
    const tool = (manifest.tool ?? {}) as TomlTable;
    const tables = [project.scripts, project['gui-scripts'], project['entry-points']];
    for (const value of [...tables, ...BUILDERS.map((builder) => tool[builder])]) strings(value).forEach(add);
  } catch {
    // not to be read: what it says cannot be known, and pip will say so
  }
  const legacy = ['setup.py', 'setup.cfg'].map((file) => read(join(projectRoot, file))).join('\n');
  for (const [, quoted] of legacy
    .replace(/exclude\s*=\s*[([][^)\]]*[)\]]/g, '')
    .matchAll(/['"]([\w./:=\s-]+)['"]/g))
    add(quoted!.split('=').at(-1)!.trim());
  for (const [, block] of legacy.matchAll(/^(?:packages|py_modules)\s*=([^\n]*(?:\n[ \t]+[^\n]*)*)/gm))
    for (const name of block!.split(/[\s,]+/)) add(name);
  return found;
}

function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    /exclude|^dependencies$|^group$/.test(key) ? [] : strings(inner),
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
