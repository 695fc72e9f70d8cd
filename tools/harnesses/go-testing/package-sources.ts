import { readFile, realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { RunProcess } from '../../kernel/process/types.ts';
import type { GoEnvironment } from '../../languages/go/go-environment.ts';

interface Listed {
  readonly Dir?: string;
  readonly Standard?: boolean;
  readonly GoFiles?: readonly string[];
  readonly TestGoFiles?: readonly string[];
  readonly XTestGoFiles?: readonly string[];
}

/** What goes into the test binaries of some packages, as the go command resolves it. */
export interface PackageSources {
  /**
   * Real paths: folders of all packages outside the standard library and the module cache, and the files
   * that decided where they are (go.mod, go.work, -modfile, -overlay).
   */
  readonly paths: readonly string[];
  /** Whether some of that code asks for the path of its own source file. */
  readonly looksForItself: boolean;
}

/** @param folders package folders, relative to `root` */
export async function packageSources(
  run: RunProcess,
  root: string,
  folders: readonly string[],
  go: GoEnvironment,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<PackageSources> {
  const fields = '-json=Dir,Standard,GoFiles,TestGoFiles,XTestGoFiles';
  const result = await run({
    command: 'go',
    args: [
      'list',
      '-e',
      '-test',
      '-deps',
      fields,
      ...folders.map((folder) => (folder === '.' ? '.' : `./${folder}`)),
    ],
    cwd: root,
    env,
    timeoutMs: 300_000,
    maxOutputBytes: 64 * 1024 * 1024,
    ...(signal ? { signal } : {}),
  });
  const listed = 'stdout' in result ? parseStream(result.stdout) : [];
  const cache = await real(go.GOMODCACHE);
  const paths = new Set<string>();
  let looksForItself = false;
  for (const found of listed) {
    if (found.Standard || !found.Dir) continue;
    const folder = await real(found.Dir);
    if (cache !== '' && `${folder}${sep}`.startsWith(`${cache}${sep}`)) continue;
    paths.add(folder);
    looksForItself ||= await callsRuntimeCaller(folder, found);
  }
  for (const file of decidingFiles(go, root)) paths.add(await real(file));
  return { paths: [...paths].sort(), looksForItself };
}

/** Files outside a package that say what is built from where. */
function decidingFiles(go: GoEnvironment, root: string): readonly string[] {
  const named = [...go.GOFLAGS.matchAll(/(?:^|\s)-?-(?:modfile|overlay)=(\S+)/g)].map((match) =>
    resolve(root, match[1]!),
  );
  const own = [go.GOMOD, go.GOWORK].filter((path) => path !== '' && path !== 'off' && path !== '/dev/null');
  return [...own, ...named];
}

async function callsRuntimeCaller(folder: string, listed: Listed): Promise<boolean> {
  const files = [listed.GoFiles, listed.TestGoFiles, listed.XTestGoFiles].flatMap((names) => names ?? []);
  for (const file of files) {
    const path = resolve(folder, file);
    if (relative(folder, path).startsWith('..')) continue; // generated, in the build cache
    const text = await readFile(join(folder, file), 'utf8').catch(() => '');
    if (text.includes('runtime.Caller(')) return true;
  }
  return false;
}

/** `go list -json` writes one indented object after the other. */
function parseStream(text: string): readonly Listed[] {
  return text
    .split(/(?<=^\})\n/m)
    .filter((part) => part.trim() !== '')
    .flatMap((part) => {
      try {
        return [JSON.parse(part) as Listed];
      } catch {
        return []; // cut short, or a message between the objects
      }
    });
}

async function real(path: string): Promise<string> {
  return path === '' ? '' : await realpath(path).catch(() => path);
}
