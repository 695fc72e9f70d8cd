import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { globMatcher } from '../kernel/files/glob.ts';
import type { GitAt } from '../kernel/git/index.ts';
import { headCommit, prefix, resolveCommit, toplevel } from '../kernel/git/index.ts';
import { changedPaths, filesAt } from '../kernel/git/tree.ts';
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
  'Cargo.{toml,lock}',
  'rust-toolchain*',
  '.cargo/config*',
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
  const { paths, counts, isBenchmark } = scopeOf(repository, request, found, lockfiles);
  const changed = (await changedPaths(repository.at, base, paths)).filter(counts);
  return {
    code: changed.filter((path) => !isBenchmark(path)),
    benchmarks: changed.filter(isBenchmark),
  };
}

/**
 * One hash over all that a project's benchmarks depend on at a commit, but for the benchmarks themselves: both sides
 * run head's. It is what an accepted regression is tied to: once the change is on the base, it is another. `assay/`
 * folders hold policy, and none counts.
 *
 * @param lockfiles relative to the workspace root
 */
export async function contentAt(
  repository: Repository,
  commit: string,
  request: BenchRequest,
  found: readonly HarnessFiles[],
  lockfiles: readonly string[],
): Promise<string> {
  const { paths, counts, isBenchmark } = scopeOf(repository, request, found, lockfiles);
  const roots = [request.project, ...request.dependencies].map(({ root }) =>
    posix.join(repository.prefix, root, 'assay/'),
  );
  const hash = createHash('sha256');
  const files = [...(await filesAt(repository.at, commit, paths))].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [path, id] of files) {
    if (!counts(path) || isBenchmark(path) || roots.some((root) => path.startsWith(root))) continue;
    hash.update(`${path}\0${id}\n`);
  }
  return hash.digest('hex').slice(0, 40);
}

/** What of the repository a project's benchmarks depend on. */
export interface Scope {
  /** Files and folders to ask git about; more than counts. */
  readonly paths: readonly string[];
  readonly counts: (path: string) => boolean;
  readonly isBenchmark: (path: string) => boolean;
}

/** @param lockfiles relative to the workspace root */
export function scopeOf(
  repository: Repository,
  request: BenchRequest,
  found: readonly HarnessFiles[],
  lockfiles: readonly string[],
): Scope {
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
  return {
    paths,
    counts: (path) => !path.startsWith(policyFolder) && (inside(path) || matchesGlob(path)),
    isBenchmark: (path) => owned.has(path),
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
