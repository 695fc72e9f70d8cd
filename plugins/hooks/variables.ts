import { createHash } from 'node:crypto';
import type { CachedGraph } from '../../tools/nx/cached-graph.ts';
import {
  attemptVariable,
  BASE_ERROR_VARIABLE,
  BASE_REF_VARIABLE,
  BASE_VARIABLE,
  baseVariable,
  pairVariable,
} from '../../tools/nx/environment-variables.ts';
import { parseInvocation } from './argv.ts';
import { attemptFor, type LastReport } from './attempt.ts';
import { type Base, resolveBase } from './base.ts';
import { contentKeys } from './content-key.ts';
import type { Git } from './git.ts';
import { type ComparingTarget, comparingTargets } from './reach.ts';
import { readTree } from './tree.ts';

/** Everything that the hook looks at; every effect is in here. */
export interface HookRequest {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workspaceRoot: string;
  readonly defaultBase: string;
  readonly namedInputs: Readonly<Record<string, readonly unknown[]>> | undefined;
  readonly graph: CachedGraph | undefined;
  readonly git: Git;
  readonly lastReport: (target: ComparingTarget) => LastReport | undefined;
}

export type Variables = ReadonlyMap<string, string>;

/**
 * The variables of a run: the base, and for each project that the command may compare its cache key, its
 * pair and its attempt. Where no comparing target can be reached git is not even started.
 */
export function runVariables(request: HookRequest): Variables {
  const invocation = parseInvocation(request.argv);
  const targets = request.graph === undefined ? [] : comparingTargets(request.graph, invocation);
  const variables = new Map([
    [BASE_VARIABLE, ''],
    [BASE_REF_VARIABLE, ''],
    [BASE_ERROR_VARIABLE, ''],
  ]);
  if (request.graph !== undefined && targets.length === 0) return variables;
  const { command, base: option } = invocation;
  const { environment, defaultBase, git } = request;
  const base = resolveBase({ command, option, environment, defaultBase }, git);
  describeBase(base, variables);
  if (request.graph !== undefined) describeProjects(base, targets, request.graph, request, variables);
  return variables;
}

function describeBase(base: Base, variables: Map<string, string>): void {
  if (base.state === 'none') return;
  variables.set(BASE_REF_VARIABLE, base.ref);
  if (base.state === 'resolved') variables.set(BASE_VARIABLE, base.commit);
  else variables.set(BASE_ERROR_VARIABLE, base.reason);
}

function describeProjects(
  base: Base,
  targets: readonly ComparingTarget[],
  graph: CachedGraph,
  request: HookRequest,
  variables: Map<string, string>,
): void {
  const { git } = request;
  const commit = base.state === 'resolved' ? base.commit : '';
  const head = git(['rev-parse', '--verify', '--quiet', 'HEAD']);
  const headCommit = head.state === 'ok' ? head.output.trim() : '';
  const keyRequest = { graph, namedInputs: request.namedInputs, workspaceRoot: request.workspaceRoot };
  const keysOf = (of: string) => {
    const tree = of === '' ? undefined : readTree(of, git);
    return tree === undefined ? undefined : contentKeys(tree, keyRequest);
  };
  const headKeys = keysOf(headCommit);
  const baseKeys = commit === headCommit ? headKeys : keysOf(commit);
  for (const target of targets) {
    const baseKey = baseKeys?.(target) ?? fallbackKey(base);
    const headKey = headKeys?.(target) ?? headCommit;
    const key = headKey === '' ? '' : hashOf(`${baseKey}\n${headKey}`);
    const attempt = attemptFor(request.lastReport(target), { key, base: commit, head: headCommit });
    variables.set(baseVariable(target.project), baseKey);
    variables.set(pairVariable(target.project), key);
    variables.set(attemptVariable(target.project), attempt);
  }
}

/**
 * Without the tree the commit itself is the key: it misses too often, but never replays another base. A base
 * that was asked for and not found is no run without one, whose cached pass must not answer for it.
 */
function fallbackKey(base: Base): string {
  if (base.state === 'none') return '';
  return base.state === 'resolved' ? base.commit : `unresolved-${hashOf(`${base.ref}\n${base.reason}`)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
