import type { CachedNode, CachedTarget } from '../../tools/nx/cached-graph.ts';

type NamedInputs = Readonly<Record<string, readonly unknown[]>>;

/** What Nx hashes for TypeScript beyond a project's files: where npm packages come from, and path aliases. */
const npmFiles = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
  'tsconfig.base.json',
  'tsconfig.json',
];

/**
 * Globs of files outside all projects that a target depends on: those its inputs name from the workspace
 * root, named inputs followed, and npm's lockfile and the root tsconfig where its inputs don't exclude
 * npm. Files of `assay/` are left out, since head's are used on both sides.
 */
export function workspaceInputs(
  target: CachedTarget,
  node: CachedNode,
  shared: NamedInputs | undefined,
): readonly string[] {
  const named: NamedInputs = { ...shared, ...node.data.namedInputs };
  const inputs = expand(target.inputs ?? ['default', '^default'], named, new Set());
  const files = inputs
    .flatMap(filesetOf)
    .filter((fileset) => fileset.startsWith('{workspaceRoot}/'))
    .map((fileset) => fileset.slice('{workspaceRoot}/'.length))
    .filter((path) => !/(?:^|\/)assay\//.test(path));
  const npm = inputs.some((input) => isRecord(input) && 'externalDependencies' in input) ? [] : npmFiles;
  return [...new Set([...files, ...npm])].sort();
}

function expand(inputs: readonly unknown[], named: NamedInputs, seen: Set<string>): readonly unknown[] {
  return inputs.flatMap((input) => {
    const name = nameOf(input);
    if (name === undefined || named[name] === undefined) return [input];
    if (seen.has(name)) return [];
    return expand(named[name], named, new Set([...seen, name]));
  });
}

function nameOf(input: unknown): string | undefined {
  if (typeof input === 'string') return input.replace(/^\^/, '');
  return isRecord(input) && typeof input.input === 'string' ? input.input : undefined;
}

function filesetOf(input: unknown): readonly string[] {
  if (typeof input === 'string') return [input];
  return isRecord(input) && typeof input.fileset === 'string' ? [input.fileset] : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
