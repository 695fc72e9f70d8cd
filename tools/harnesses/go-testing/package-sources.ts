import { readFile, realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { RunProcess } from '../../kernel/process/types.ts';
import type { GoEnvironment } from '../../languages/go/go-environment.ts';
import { readsAtRunTime } from './reads-at-run-time.ts';

interface Listed {
  readonly ImportPath?: string;
  readonly Dir?: string;
  readonly Standard?: boolean;
  readonly Deps?: readonly string[];
  readonly GoFiles?: readonly string[];
  readonly CgoFiles?: readonly string[];
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
  /**
   * Those of the folders asked for whose test binary holds code of these packages that reads files, the
   * environment or other programs while it runs, or that go could not tell about.
   */
  readonly reading: ReadonlySet<string>;
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
  const fields = '-json=ImportPath,Dir,Standard,Deps,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles';
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
  const readers = new Set<string>();
  let looksForItself = false;
  for (const found of listed) {
    if (found.Standard || !found.Dir) continue;
    const folder = await real(found.Dir);
    if (cache !== '' && `${folder}${sep}`.startsWith(`${cache}${sep}`)) continue;
    paths.add(folder);
    const tests = [found.TestGoFiles, found.XTestGoFiles].flatMap((names) => names ?? []);
    const built = [found.GoFiles, found.CgoFiles].flatMap((names) => names ?? []);
    const texts = await sources(folder, built);
    looksForItself ||= [...texts, ...(await sources(folder, tests))].some((text) =>
      text.includes('runtime.Caller('),
    );
    if (texts.some(readsAtRunTime)) readers.add(found.ImportPath ?? '');
  }
  for (const file of decidingFiles(go, root)) paths.add(await real(file));
  const reading = await readingFolders(root, folders, listed, readers);
  return { paths: [...paths].sort(), looksForItself, reading };
}

/** A test binary is listed as `<package>.test`, with all that is linked into it as `Deps`. */
async function readingFolders(
  root: string,
  folders: readonly string[],
  listed: readonly Listed[],
  readers: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const quiet = new Set<string>();
  for (const { ImportPath, Dir, Deps } of listed) {
    if (!ImportPath?.endsWith('.test') || Dir === undefined || Deps === undefined) continue;
    if (!Deps.some((path) => readers.has(path))) quiet.add(await real(Dir));
  }
  const reading = new Set<string>();
  for (const folder of folders) if (!quiet.has(await real(join(root, folder)))) reading.add(folder);
  return reading;
}

/** Files outside a package that say what is built from where. */
function decidingFiles(go: GoEnvironment, root: string): readonly string[] {
  const named = [...go.GOFLAGS.matchAll(/(?:^|\s)-?-(?:modfile|overlay)=(\S+)/g)].map((match) =>
    resolve(root, match[1]!),
  );
  const own = [go.GOMOD, go.GOWORK].filter((path) => path !== '' && path !== 'off' && path !== '/dev/null');
  return [...own, ...named];
}

/** Texts of a package's files; those generated in the build cache and those that are gone left out. */
async function sources(folder: string, files: readonly string[]): Promise<readonly string[]> {
  const own = files.filter((file) => !relative(folder, resolve(folder, file)).startsWith('..'));
  return await Promise.all(own.map((file) => readFile(join(folder, file), 'utf8').catch(() => '')));
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
