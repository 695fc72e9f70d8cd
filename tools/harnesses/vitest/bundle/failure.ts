import { resolve } from 'node:path';
import type { BuildFailure, Message } from 'esbuild';
import type { Bundled } from './bundle.ts';
import { packageFolder } from './native-package.ts';

/** Tells what Vite would mend (an alias, an asset, more of Vitest) from what is simply broken. */
export function failure(error: BuildFailure, needsVite: string | undefined): Bundled {
  if (needsVite !== undefined) return { state: 'needs-vite', why: needsVite };
  const errors = error.errors ?? [];
  const first = errors[0];
  if (!first) return { state: 'failed', reason: `esbuild failed: ${error.message}`, output: error.message };
  const output = errors.map(describe).join('\n');
  for (const message of errors) {
    const why = viteMends(message);
    if (why !== undefined) return { state: 'needs-vite', why };
  }
  return { state: 'failed', reason: `it does not build: ${describe(first)}`, output };
}

function viteMends({ text }: Message): string | undefined {
  const missing = /^No matching export in ".*driver-main\.[tj]s" for import "(\w+)"/.exec(text);
  if (missing) return `it imports ${missing[1]} from vitest`;
  if (/^No loader is configured/.test(text)) return text;
  const alias = /^Could not resolve "([^./][^"]*)"/.exec(text);
  return alias ? `nothing but a Vite alias could resolve "${alias[1]}"` : undefined;
}

function describe({ text, location, notes }: Message): string {
  const where = location ? ` (${location.file}:${location.line})` : '';
  const hint = /^Could not resolve "[^./]/.test(text)
    ? '. If it is a package of this workspace, is it built on this side? A `setup` command in assay/bench.json can build it'
    : '';
  const note = hint === '' && notes[0] ? `; ${notes[0].text}` : '';
  return `${text}${where}${hint}${note}`;
}

/** Third-party packages that esbuild cannot take in: what they import is missing, or no JavaScript. */
export function packagesAtFault(error: BuildFailure, repoRoot: string): readonly string[] {
  return (error.errors ?? []).flatMap(({ location }) => {
    const folder = location ? packageFolder(resolve(repoRoot, location.file)) : undefined;
    return folder ? [folder] : [];
  });
}
