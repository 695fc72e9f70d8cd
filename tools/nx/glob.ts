import { matchesGlob } from 'node:path';
import { requireFromNx } from './host.ts';

export type Matcher = (path: string) => boolean;

/**
 * Compiles a glob with the very minimatch that this Nx uses, so that what we take for a workspace package
 * is what Nx takes for one. Falls back to Node's own matcher. A leading `!` negates, as in minimatch.
 */
export function compileGlob(pattern: string, workspaceRoot: string): Matcher {
  const Minimatch = minimatchOf(workspaceRoot);
  if (Minimatch !== undefined) {
    const compiled = new Minimatch(pattern);
    return (path) => compiled.match(path);
  }
  if (pattern.startsWith('!')) return (path) => !matchesGlob(path, pattern.slice(1));
  return (path) => matchesGlob(path, pattern);
}

/** True where any of the patterns matches; a leading `!` takes away again, in order. */
export function compileGlobs(patterns: readonly string[], workspaceRoot: string): Matcher {
  const steps = patterns.map((pattern) => ({
    adds: !pattern.startsWith('!'),
    match: compileGlob(pattern.replace(/^!/, ''), workspaceRoot),
  }));
  return (path) => steps.reduce((found, step) => (step.match(path) ? step.adds : found), false);
}

type MinimatchClass = new (pattern: string) => { match(path: string): boolean };

function minimatchOf(workspaceRoot: string): MinimatchClass | undefined {
  try {
    return (requireFromNx(workspaceRoot)('minimatch') as { Minimatch?: MinimatchClass }).Minimatch;
  } catch {
    return undefined;
  }
}
