import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';

/**
 * Sources that went into artefacts, as rustc's dep-info beside each tells; absolute real paths, sorted.
 *
 * @param bases folders that relative paths may start at (cargo starts rustc at the workspace's root, or at the
 *   package's own for one outside of it)
 */
export async function sourcesOf(
  artefacts: readonly string[],
  bases: readonly string[],
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const artefact of new Set(artefacts.map(depInfoPath))) {
    const text = await readFile(artefact, 'utf8').catch(() => '');
    for (const path of readDepInfo(text)) {
      for (const base of bases) {
        const real = await realpath(resolve(base, path)).catch(() => undefined);
        if (real === undefined) continue;
        found.add(real);
        break;
      }
    }
  }
  return [...found].sort();
}

/** `deps/libcore-1a2b.rlib` → `deps/core-1a2b.d`; `deps/parse-1a2b` → `deps/parse-1a2b.d`. */
function depInfoPath(artefact: string): string {
  const ending = extname(artefact);
  const isLibrary = /^\.(rlib|rmeta|so|dylib|dll|a)$/.test(ending);
  const name = isLibrary
    ? basename(artefact, ending).replace(/^lib/, '')
    : basename(artefact).replace(/\.exe$/, '');
  return join(dirname(artefact), `${name}.d`);
}

/** The sources of a dep-info: each has a rule without prerequisites of its own. Blanks are escaped. */
export function readDepInfo(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line.endsWith(':') && !line.startsWith('#'))
    .map((line) => line.slice(0, -1).replaceAll('\\ ', ' '));
}
