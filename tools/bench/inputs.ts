import { posix } from 'node:path';
import type { GitAt } from '../kernel/git/index.ts';
import { headCommit, prefix, resolveCommit, toplevel } from '../kernel/git/index.ts';
import { changedPaths } from '../kernel/git/tree.ts';
import type { HarnessFiles } from './discover.ts';
import type { BenchRequest } from './request.ts';

/** Manifests and compiler settings at the workspace root that every project may depend on. */
const ROOT_FILES = [
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'pyproject.toml',
  'go.work',
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
  const paths = [...new Set([...roots, ...request.inputs, ...ROOT_FILES, ...lockfiles].map(inRepository))];
  const projectRoot = inRepository(request.project.root);
  const owned = new Set(
    found
      .flatMap(({ files, overlay }) => [...files, ...overlay])
      .map((file) => posix.join(projectRoot, file)),
  );
  const policyFolder = `${posix.join(projectRoot, 'assay')}/`;
  const changed = (await changedPaths(repository.at, base, paths)).filter(
    (path) => !path.startsWith(policyFolder),
  );
  return {
    code: changed.filter((path) => !owned.has(path)),
    benchmarks: changed.filter((path) => owned.has(path)),
  };
}
