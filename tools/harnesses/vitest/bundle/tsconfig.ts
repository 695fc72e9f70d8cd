import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/**
 * `customConditions` that hold for a folder: those of the nearest tsconfig.json, of what it extends and
 * references, and of a `tsconfig.base.json` at the workspace root. esbuild reads `paths` by itself, but not
 * these.
 */
export function customConditions(folder: string, workspaceRoot: string): readonly string[] {
  const nearest = nearestTsconfig(folder, workspaceRoot);
  const start = [nearest, join(workspaceRoot, 'tsconfig.base.json')].filter(
    (path) => path && existsSync(path),
  );
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const config = readJsonc(path);
    for (const one of strings(config?.compilerOptions?.customConditions)) found.add(one);
    for (const one of strings(config?.extends)) visitIfFound(extended(one, path));
    for (const { path: reference } of config?.references ?? []) {
      // Only configurations of the same project (tsconfig.lib.json), not projects that it depends on.
      if (typeof reference === 'string' && reference.endsWith('.json'))
        visitIfFound(resolve(dirname(path), reference));
    }
  };
  const visitIfFound = (path: string | undefined): void => {
    if (path !== undefined && existsSync(path)) visit(path);
  };
  for (const path of start) visitIfFound(path);
  return [...found];
}

/** The tsconfig.json that esbuild would find for a file in `folder`, up to the workspace root. */
export function nearestTsconfig(folder: string, workspaceRoot: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, 'tsconfig.json');
    if (existsSync(path)) return path;
    if (at === workspaceRoot || at === dirname(at)) return undefined;
  }
}

interface Tsconfig {
  readonly extends?: unknown;
  readonly references?: readonly { readonly path?: unknown }[];
  readonly compilerOptions?: { readonly customConditions?: unknown };
}

function extended(name: string, from: string): string | undefined {
  if (/^(\.|\/)/.test(name)) {
    const path = resolve(dirname(from), name);
    const candidates = [path, `${path}.json`, join(path, 'tsconfig.json')];
    return candidates.find((one) => existsSync(one) && statSync(one).isFile());
  }
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

function strings(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string');
}

/** JSON with comments and trailing commas, as tsconfig files have them; nothing where it is broken. */
function readJsonc(path: string): Tsconfig | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const tokens = /"(?:[^"\\]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|,(?=\s*[}\]])/g;
    const bare = text.replace(tokens, (token) => (token.startsWith('"') ? token : token === ',' ? '' : ' '));
    return JSON.parse(bare.replace(/,(?=\s*[}\]])/g, '')) as Tsconfig;
  } catch {
    return undefined;
  }
}
