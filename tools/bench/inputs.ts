import { posix } from 'node:path';
import { globMatcher } from '../kernel/files/glob.ts';
import type { GitAt } from '../kernel/git/index.ts';
import { headCommit, prefix, resolveCommit, toplevel } from '../kernel/git/index.ts';
import { changedPaths } from '../kernel/git/tree.ts';
import type { HarnessFiles } from './discover.ts';
import type { BenchRequest } from './request.ts';

/** Manifests and settings at the workspace root that every project may depend on. */
const ROOT_FILES = [
  'package.json',
  'tsconfig*.json',
  '{vite,vitest,babel}.config.*',
  'pnpm-workspace.yaml',
  '.npmrc',
  '.yarnrc.yml',
  'pyproject.toml',
  'conftest.py',
  '{pytest,tox}.ini',
  'setup.cfg',
  '{.python,.node,.nvmrc,.tool}-version*',
  '.nvmrc',
  'go.work*',
  'go.mod',
];

/** The repository around a workspace, as far as a comparison needs it. */
export interface Repository {
  readonly at: GitAt;
  readonly root: string;
  /** Path of the workspace below the root of the repository; empty where they are one. */
  readonly prefix: string;
}

/** @throws AssayError of tools/kernel/git where there is no repository */
export async function openRepository(workspaceRoot: string, run: GitAt['run']): Promise<Repository> {
  const inside: GitAt = { cwd: workspaceRoot, run };
  const root = await toplevel(inside);
  return { at: { cwd: root, run }, root, prefix: await prefix(inside) };
}

/** Full names of the commits on both sides. @throws AssayError of tools/kernel/git */
export async function resolveSides(
  repository: Repository,
  ref: string,
): Promise<{ readonly base: string; readonly head: string }> {
  return { base: await resolveCommit(repository.at, ref), head: await headCommit(repository.at) };
}

/** How the working tree differs from the base in what this project's benchmarks depend on. */
export interface Difference {
  /** Code under test, dependencies, manifests, lockfiles; relative to the repository. */
  readonly code: readonly string[];
  /** Benchmark files and their fixtures: both sides run head's. */
  readonly benchmarks: readonly string[];
}

/**
 * Compares the inputs of a project with a commit. The project's own `assay/` folder holds policy, not code,
 * and does not count.
 *
 * @param lockfiles relative to the workspace root
 */
export async function differenceFrom(
  repository: Repository,
  base: string,
  request: BenchRequest,
  found: readonly HarnessFiles[],
  lockfiles: readonly string[],
): Promise<Difference> {
  const inRepository = (path: string): string => {
    const joined = posix.join(repository.prefix, path);
    return joined === '.' ? '' : joined;
  };
  const roots = [request.project.root, ...request.dependencies.map(({ root }) => root)];
  const exact = [...roots, ...lockfiles, ...request.inputs.filter((input) => !isGlob(input))].map(
    inRepository,
  );
  const globs = [...ROOT_FILES, ...request.inputs.filter(isGlob)].map(inRepository);
  const matchesGlob = globMatcher(globs);
  const inside = (path: string): boolean =>
    exact.some((root) => root === '' || path === root || path.startsWith(`${root}/`));
  const paths = [...new Set([...exact, ...globs.map(folderOf)])];
  const projectRoot = inRepository(request.project.root);
  const owned = new Set(
    found
      .flatMap(({ files, overlay }) => [...files, ...overlay])
      .map((file) => posix.join(projectRoot, file)),
  );
  const policyFolder = `${posix.join(projectRoot, 'assay')}/`;
  const changed = (await changedPaths(repository.at, base, paths)).filter(
    (path) => !path.startsWith(policyFolder) && (inside(path) || matchesGlob(path)),
  );
  return {
    code: changed.filter((path) => !owned.has(path)),
    benchmarks: changed.filter((path) => owned.has(path)),
  };
}

function isGlob(path: string): boolean {
  return /[*?[\]{}!()]/.test(path);
}

/** The part of a glob before its first wildcard: what git is asked about. */
function folderOf(pattern: string): string {
  const segments = pattern.split('/');
  const wild = segments.findIndex(isGlob);
  return segments.slice(0, wild < 0 ? undefined : wild).join('/');
}
