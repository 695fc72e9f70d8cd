import type { CachedGraph, CachedTarget } from '../../tools/nx/cached-graph.ts';
import { baseVariable } from '../../tools/nx/environment-variables.ts';
import type { Invocation } from './argv.ts';

/** A target that compares with a base: its inputs say so. */
export interface ComparingTarget {
  readonly project: string;
  readonly name: string;
  readonly target: CachedTarget;
}

/**
 * The comparing targets that a command may run, directly or through `dependsOn`. Names are followed and
 * not tasks: too many is harmless, one too few would compare with nothing.
 */
export function comparingTargets(graph: CachedGraph, invocation: Invocation): readonly ComparingTarget[] {
  const comparing = Object.entries(graph.nodes).flatMap(([project, { data }]) =>
    Object.entries(data.targets ?? {})
      .filter(([, target]) => comparesWithBase(target, project))
      .map(([name, target]) => ({ project, name, target })),
  );
  if (comparing.length === 0 || invocation.hasGlob) return comparing;
  const followers = dependsOnNames(graph);
  const requested = [...followers.keys()].filter((name) => invocation.words.has(name));
  // A command that names no target at all is one that we do not understand.
  if (requested.length === 0) return comparing;
  const reached = closure(requested, followers);
  return comparing.filter(({ name }) => reached.has(name) || reached.has('*'));
}

function comparesWithBase(target: CachedTarget, project: string): boolean {
  const variable = baseVariable(project);
  return (target.inputs ?? []).some((input) => (input as { env?: unknown } | null)?.env === variable);
}

/** Target name → names that targets of this name depend on, anywhere in the workspace. */
function dependsOnNames(graph: CachedGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { data } of Object.values(graph.nodes)) {
    for (const [name, target] of Object.entries(data.targets ?? {})) {
      const followers = names.get(name) ?? new Set<string>();
      for (const dependency of target.dependsOn ?? []) followers.add(dependencyName(dependency));
      names.set(name, followers);
    }
  }
  return names;
}

/** `^build`, `build`, `app:build` and `{ target: 'build' }`; a glob means any target (`*`). */
function dependencyName(dependency: unknown): string {
  const written =
    typeof dependency === 'string'
      ? dependency
      : String((dependency as { target?: unknown } | null)?.target ?? '*');
  const name = written.replace(/^\^/, '').split(':').at(-1) as string;
  return /[*?{}[\]!]/.test(name) ? '*' : name;
}

function closure(
  start: readonly string[],
  followers: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const reached = new Set(start);
  for (const name of reached) for (const next of followers.get(name) ?? []) reached.add(next);
  return reached;
}
