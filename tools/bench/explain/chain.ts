import { type GitAt, mergeBase } from '../../kernel/git/index.ts';
import type { Scope } from '../inputs.ts';
import { mainlineCommits, sameInScope, type TouchingCommit } from './touching-commits.ts';

/** A step of a bisection: the tree of a commit, and what it is called. */
export interface ChainStep {
  /** The state after this step. */
  readonly state: string;
  /** Absent: not one commit, but all by which two branches differ. */
  readonly commit?: TouchingCommit;
}

/** States that a bisection goes through: the base, and then what each step made of it. */
export interface Chain {
  readonly start: string;
  readonly steps: readonly ChainStep[];
  readonly notes: readonly string[];
}

/**
 * The way from a base to head along head's own branch. Where the base is not on it, the first step is the difference
 * between the base and the place where that way begins.
 */
export async function chainOf(at: GitAt, base: string, head: string, scope: Scope): Promise<Chain> {
  const commits = await mainlineCommits(at, base, head, scope);
  const steps: ChainStep[] = commits.map((commit) => ({ state: commit.commit, commit }));
  const notes: string[] = [];
  const first = commits[0]?.parents[0];
  if (first !== undefined && !(await sameInScope(at, base, first, scope))) {
    steps.unshift({ state: first });
    notes.push(
      `The base does not lie on the branch of head: how it differs from ${first.slice(0, 9)}, where the listed commits begin, is looked at as one step.`,
    );
  }
  const last = steps.at(-1);
  if (last !== undefined && !(await sameInScope(at, last.state, head, scope))) {
    steps.push({ state: head });
  }
  return { start: base, steps, notes };
}

/** The commits of a merged branch as a chain of their own; undefined for a commit that merged nothing. */
export async function chainInside(
  at: GitAt,
  { parents }: TouchingCommit,
  scope: Scope,
): Promise<Chain | undefined> {
  const [into, merged, third] = parents;
  if (into === undefined || merged === undefined || third !== undefined) return undefined;
  const fork = await mergeBase(at, into, merged).catch(() => undefined);
  if (fork === undefined) return undefined;
  const chain = await chainOf(at, fork, merged, scope);
  return chain.steps.length === 0 ? undefined : chain;
}
