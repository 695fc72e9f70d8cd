import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * `require` as the workspace's own Nx sees it. Nx is CommonJS and already loaded where a plugin runs, so
 * a required module costs nothing; an `import` of `@nx/devkit` would cost hundreds of milliseconds.
 */
export function nxRequire(workspaceRoot: string): NodeJS.Require {
  const known = requires.get(workspaceRoot);
  if (known !== undefined) return known;
  const fromWorkspace = createRequire(join(workspaceRoot, 'package.json'));
  const resolved = canResolve(fromWorkspace, 'nx/package.json')
    ? fromWorkspace
    : createRequire(import.meta.url);
  requires.set(workspaceRoot, resolved);
  return resolved;
}

/** `require` as seen from inside the package `nx`: its own dependencies (minimatch, js-yaml). */
export function requireFromNx(workspaceRoot: string): NodeJS.Require {
  return createRequire(nxRequire(workspaceRoot).resolve('nx/package.json'));
}

/**
 * One Nx internal, or undefined where this Nx does not have it (moved, renamed, not installed):
 * callers keep a fallback, since internals carry no promise.
 */
export function nxInternal<T>(workspaceRoot: string, module: string, name: string): T | undefined {
  try {
    const loaded = nxRequire(workspaceRoot)(module) as Record<string, unknown>;
    return loaded[name] as T | undefined;
  } catch {
    return undefined;
  }
}

const requires = new Map<string, NodeJS.Require>();

function canResolve(require: NodeJS.Require, request: string): boolean {
  try {
    require.resolve(request);
    return true;
  } catch {
    return false;
  }
}
