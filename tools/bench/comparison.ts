import { machineClass } from '../kernel/environment/index.ts';
import type { AssayError } from '../kernel/errors/assay-error.ts';
import type { Release } from './drift/release.ts';
import { benchErrors } from './errors.ts';
import { contentAt, type Difference, differenceFrom, resolveSides } from './inputs.ts';
import { pairKey } from './pool.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { BenchRequest } from './request.ts';
import { treeState } from './tree-state.ts';

/** What a run compares. */
export type Comparison =
  /** Head alone; `expected` says why a base that was expected is not there. */
  | { readonly kind: 'alone'; readonly expected?: AssayError }
  | { readonly kind: 'aa'; readonly commit: string; readonly pair: string }
  | {
      readonly kind: 'base';
      readonly commit: string;
      readonly difference: Difference;
      /** Hash of all that the project depends on at the base. */
      readonly content: string;
      /** Identity of the pair of versions, for pooling attempts. */
      readonly pair: string;
      /** The base is this release: drift is what is looked for. */
      readonly release?: Release;
    };

/**
 * Decides what to compare with.
 *
 * @throws AssayError where the base that was asked for cannot be had
 */
export async function decideComparison(request: BenchRequest, run: PreparedRun): Promise<Comparison> {
  const { repository, commit } = run.state;
  if (request.updateBaseline) return { kind: 'alone' };
  if (request.aa) return { kind: 'aa', commit, pair: await keyOf(request, run, commit) };
  if (request.base.state === 'none') return { kind: 'alone' };
  if (request.base.state === 'unresolved') {
    return {
      kind: 'alone',
      expected: benchErrors.create('base/unresolved', { reason: request.base.reason }),
    };
  }
  if (run.state.problem) throw run.state.problem;
  if (repository === undefined) {
    throw benchErrors.create('base/unresolved', { reason: 'the workspace is not in a git repository' });
  }
  const { base } = await resolveSides(repository, request.base.ref);
  const scope = [request, run.toolchains.usable, run.lockfiles] as const;
  const difference = await differenceFrom(repository, base, ...scope);
  const content = await contentAt(repository, base, ...scope);
  return { kind: 'base', commit: base, difference, content, pair: await keyOf(request, run, base) };
}

/** Equal only for the same two versions of the code on the same class of machine under the same policy. */
async function keyOf(request: BenchRequest, run: PreparedRun, base: string): Promise<string> {
  const { repository, commit } = run.state;
  const changed = repository && commit ? await treeState(repository, commit) : {};
  // What is accepted changes no sample: the run after is of the same pair.
  const dirty = Object.fromEntries(Object.entries(changed).filter(([path]) => !isAccepted(path)));
  const { judge, env, config } = run.settings;
  const { mode: _, ...harnessConfig } = config;
  return pairKey({
    project: request.project.name,
    base,
    head: commit,
    dirty,
    machine: machineClass().machine,
    tools: { ...run.toolchains.runtimes, ...run.toolchains.tools },
    judge,
    env,
    harnessConfig,
    aa: request.aa,
  });
}

function isAccepted(path: string): boolean {
  return /(?:^|\/)assay\/accepted\.json$/.test(path);
}
