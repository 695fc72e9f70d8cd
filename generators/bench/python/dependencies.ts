import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Tree } from '@nx/devkit';
import { parse, type TomlTable } from 'smol-toml';
import type { Addition, BenchProject } from '../scaffold.ts';
import { addToArray, addToTable } from './toml-edit.ts';

const needed = { pytest: '8', 'pytest-benchmark': '5' } as const;
type Package = keyof typeof needed;

/**
 * Adds pytest and pytest-benchmark to the development dependencies of the nearest pyproject.toml, by the
 * conventions of the tool that keeps it; what an ancestor of the workspace declares is not added again.
 */
export function addPytestBenchmark(tree: Tree, { root }: BenchProject): Addition {
  const manifests = ancestors(root)
    .map((folder) => posix.join(folder, 'pyproject.toml'))
    .filter((file) => tree.exists(file));
  const [nearest] = manifests;
  if (!nearest)
    return {
      hint: 'Install pytest and pytest-benchmark where the project is run: pip install pytest pytest-benchmark',
    };
  const declared = manifests.map((file) => tree.read(file, 'utf-8') ?? '').flatMap(declaredPackages);
  const missing = (Object.keys(needed) as Package[]).filter((name) => !declared.includes(name));
  if (missing.length === 0) return {};
  const before = tree.read(nearest, 'utf-8') ?? '';
  const edit = addDevelopmentPackages(before, missing);
  if (!edit) return { hint: `Add ${missing.join(' and ')} to the development dependencies in ${nearest}.` };
  tree.write(nearest, edit.text);
  return {
    hint: `Run ${edit.command} in ${posix.dirname(nearest)}: ${missing.join(' and ')} were added to ${nearest}.`,
  };
}

/**
 * The text with packages added to its development group, and the command that installs them; `undefined`
 * where the text is no TOML or the edit would change anything else. Pure.
 */
export function addDevelopmentPackages(
  text: string,
  packages: readonly Package[],
): { readonly text: string; readonly command: string } | undefined {
  const before = read(text);
  if (!before) return undefined;
  const ranges = packages.map((name) => `${name}>=${needed[name]}`);
  const extra = before.project && developmentExtra(before);
  const result = isPoetry(before)
    ? { text: addPoetry(text, before, packages), command: 'poetry install' }
    : extra
      ? {
          text: addToArray(text, 'project.optional-dependencies', extra, ranges),
          command: `pip install -e '.[${extra}]'`,
        }
      : { text: addToArray(text, 'dependency-groups', 'dev', ranges), command: 'uv sync' };
  const after = read(result.text);
  // An edit of text is only trusted when the parsed file says that it added exactly what it should.
  return after &&
    isDeepStrictEqual(withoutAdded(after, packages), withoutAdded(before, packages)) &&
    packages.every((name) => declaredPackages(result.text).includes(name))
    ? result
    : undefined;
}

/** Normalised names of all packages that a pyproject.toml declares, in whatever table. Pure. */
export function declaredPackages(text: string): readonly string[] {
  const toml = read(text);
  if (!toml) return [];
  const names: string[] = [];
  const visit = (value: unknown, key: string, path: readonly string[]): void => {
    if (typeof value === 'string' && path.some((part) => /dependencies|dependency-groups/.test(part))) {
      names.push(/^\d+$/.test(key) ? value : key);
    } else if (typeof value === 'object' && value !== null) {
      if ('version' in value && /dependencies$/.test(path.at(-1) ?? '')) names.push(key);
      for (const [inner, item] of Object.entries(value))
        visit(item, inner, key === '' ? path : [...path, key]);
    }
  };
  visit(toml, '', []);
  return names.map((name) => (/^\s*([\w.-]+)/.exec(name)?.[1] ?? '').toLowerCase().replace(/[._]/g, '-'));
}

function addPoetry(text: string, toml: TomlTable, packages: readonly Package[]): string {
  const legacy =
    at(toml, 'tool', 'poetry', 'dev-dependencies') && !at(toml, 'tool', 'poetry', 'group', 'dev');
  const table = legacy ? 'tool.poetry.dev-dependencies' : 'tool.poetry.group.dev.dependencies';
  return packages.reduce((edited, name) => addToTable(edited, table, name, `"^${needed[name]}.0"`), text);
}

function isPoetry(toml: TomlTable): boolean {
  return at(toml, 'tool', 'poetry') !== undefined && toml['dependency-groups'] === undefined;
}

/** The extra that development tools go to where a project uses extras and no groups. */
function developmentExtra(toml: TomlTable): string | undefined {
  if (toml['dependency-groups'] !== undefined || at(toml, 'tool', 'uv') !== undefined) return undefined;
  return ['dev', 'test', 'tests'].find((name) =>
    Array.isArray(at(toml, 'project', 'optional-dependencies', name)),
  );
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as TomlTable)[key] : undefined),
    value,
  );
}

function read(text: string): TomlTable | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function withoutAdded(value: unknown, packages: readonly string[]): unknown {
  if (Array.isArray(value)) {
    return value
      .filter((item) => !packages.some((name) => item === `${name}>=${needed[name as Package]}`))
      .map((item) => withoutAdded(item, packages));
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !packages.includes(key))
      .map(([key, item]) => [key, withoutAdded(item, packages)] as const)
      .filter(([key, item]) => !(/^(dependency-groups|dev|group|dependencies)$/.test(key) && isEmpty(item))),
  );
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** `services/pricing` → itself, `services`, `.` */
function ancestors(root: string): readonly string[] {
  return root === '.' ? ['.'] : [root, ...ancestors(posix.dirname(root))];
}
