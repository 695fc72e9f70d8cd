import { createHash } from 'node:crypto';
import type { CachedGraph } from '../../tools/nx/cached-graph.ts';
import {
  attemptVariable,
  BASE_ERROR_VARIABLE,
  BASE_REF_VARIABLE,
  BASE_VARIABLE,
  baseVariable,
  FALLBACK_VARIABLE,
} from '../../tools/nx/environment-variables.ts';
import { parseInvocation } from './argv.ts';
import { type AttemptStore, forgetReports, nextAttempt } from './attempts.ts';
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
  /** True where the target's last Report decided nothing. */
  readonly isUnsettled: (target: ComparingTarget) => boolean;
  /**
   * Which waivers of the target have expired, as a text that is empty for none: a result from before is no answer
   * any more. Nothing else of the date is in a key.
   */
  readonly expired: (target: ComparingTarget) => string;
  /** The day, UTC: all that can be said of waivers where the targets are not known. */
  readonly today: string;
  readonly attempts: AttemptStore;
  /** Differs from run to run. */
  readonly nonce: string;
}

export interface RunVariables {
  readonly variables: ReadonlyMap<string, string>;
  /** The attempts to remember for the next run. */
  readonly attempts: AttemptStore;
}

/**
 * The variables of a run: the base, and for each project that the command may compare its cache key and its
 * attempt. Where no comparing target can be reached git is not even started.
 */
export function runVariables(request: HookRequest): RunVariables {
  const invocation = parseInvocation(request.argv);
  const targets = request.graph === undefined ? [] : comparingTargets(request.graph, invocation);
  const variables = new Map([
    [BASE_VARIABLE, ''],
    [BASE_REF_VARIABLE, ''],
    [BASE_ERROR_VARIABLE, ''],
    [FALLBACK_VARIABLE, ''],
  ]);
  if (request.graph !== undefined && targets.length === 0) return { variables, attempts: request.attempts };
  const { command, base: option } = invocation;
  const { environment, defaultBase, git } = request;
  const base = resolveBase({ command, option, environment, defaultBase }, git);
  describeBase(base, variables);
  if (request.graph === undefined) {
    variables.set(FALLBACK_VARIABLE, [fallbackKey(base), request.today].filter(Boolean).join('-'));
    return { variables, attempts: request.attempts };
  }
  const attempts = describeProjects(base, targets, request.graph, request, variables);
  if (!invocation.fresh) return { variables, attempts };
  const projects = targets.map(({ project }) => project);
  for (const project of projects) variables.set(attemptVariable(project), `fresh-${request.nonce}`);
  return { variables, attempts: forgetReports(attempts, projects, hashOf(request.workspaceRoot)) };
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
): AttemptStore {
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
  // Where head is its own base policy may ask for drift: a new release is then another base.
  const releases = commit !== '' && commit === headCommit ? releasesKey(git) : '';
  const unsettled = new Set(targets.filter(request.isUnsettled).map(({ project }) => project));
  let attempts = request.attempts;
  const checkout = hashOf(request.workspaceRoot);
  for (const target of targets) {
    const { project } = target;
    const baseKey = `${baseKeys?.(target) ?? fallbackKey(base)}${releases}`;
    variables.set(baseVariable(project), baseKey);
    if (variables.has(attemptVariable(project))) continue;
    const pair = hashOf(`${baseKey}\n${headKeys?.(target) ?? headCommit}`);
    const next = nextAttempt(attempts, project, pair, unsettled.has(project), checkout);
    attempts = next.store;
    const attempt = next.attempt === 1 ? '' : String(next.attempt);
    const expired = request.expired(target);
    variables.set(attemptVariable(project), expired === '' ? attempt : `${attempt}expired-${expired}`);
  }
  return attempts;
}

/**
 * Without the tree the commit itself is the key: it misses too often, but never replays another base. A base
 * that was asked for and not found is no run without one, whose cached pass must not answer for it.
 */
function fallbackKey(base: Base): string {
  if (base.state === 'none') return '';
  return base.state === 'resolved' ? base.commit : `unresolved-${hashOf(`${base.ref}\n${base.reason}`)}`;
}

/** Differs where head contains other tags; empty without any. */
function releasesKey(git: Git): string {
  const tags = git(['for-each-ref', '--merged=HEAD', '--format=%(refname) %(objectname)', 'refs/tags']);
  return tags.state === 'failed' || tags.output.trim() === '' ? '' : `-${hashOf(tags.output)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
