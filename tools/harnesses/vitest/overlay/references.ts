import { posix } from 'node:path';

const CODE_ENDINGS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'];

/** Something in quotes that may name a file. */
export interface Reference {
  /** Without a query; of a glob or a template what stands before its first open part. */
  readonly text: string;
  /** Whether anything may follow. */
  readonly open: boolean;
}

/**
 * All that stands in quotes in a source: import paths, files that are read, globs. Where a quote is none (in a
 * comment), text that names nothing comes with it.
 */
export function references(source: string): readonly Reference[] {
  return [...source.matchAll(/['"`](?=([^'"`\n\\]{1,300}))/g)].flatMap(([, quoted]) => {
    const text = quoted!.split('?')[0]!;
    if (/\s{2}|[;=(){]\s/.test(text)) return [];
    const end = /\*|\$\{/.exec(text)?.index;
    return [end === undefined ? { text, open: false } : { text: text.slice(0, end), open: true }];
  });
}

export function isRelative({ text }: Reference): boolean {
  return /^\.{1,2}(?:\/|$)/.test(text);
}

/**
 * Files that a path means, as bundlers and Node resolve it: itself, with an ending, the index of a folder, and
 * the TypeScript source of what is called by its compiled name. Relative to the project root.
 *
 * @param folder of the file that holds the path
 * @returns the target first, as it stands; empty where it lies outside of the project
 */
export function meant(folder: string, path: string): readonly string[] {
  const target = posix.normalize(posix.join(folder, path)).replace(/\/$/, '');
  if (target.startsWith('../') || target === '..') return [];
  const compiled = /^(.*)\.([cm]?)jsx?$/.exec(target);
  const sources = compiled ? [`.${compiled[2]}ts`, '.tsx'].map((ending) => compiled[1] + ending) : [];
  const indexes = CODE_ENDINGS.map((ending) => posix.join(target, `index${ending}`));
  return [target, ...sources, ...[...CODE_ENDINGS, '.json'].map((ending) => target + ending), ...indexes];
}

/** How other files may call this one: with its ending or without, an index by its folder. */
export function spellings(path: string): readonly string[] {
  const bare = path.replace(/\.[cm]?[jt]sx?$/, '');
  return [...new Set([path, bare, bare.replace(/\/index$/, '')])];
}
